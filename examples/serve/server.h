#pragma once
// An HTTP/1.1 server that answers GET and HEAD from memory, on one thread. What it serves is not its matter: a route gives the
// answer, at once or later. What clients may do to it is: every one of them has limits of time, size and number.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "serve/body.h"
#include "serve/request.h"

namespace examples::serve {

struct ServerOptions {
  std::string address = "127.0.0.1";                              // IPv4 or IPv6
  unsigned port = 0;                                              // 0: any that is free
  std::vector<std::string> hosts;                                 // names that it answers to besides its address
  std::chrono::milliseconds patience = std::chrono::seconds(10);  // for a request to come, and between two
  std::chrono::milliseconds sending = std::chrono::seconds(60);   // for an answer to be taken
  std::size_t connections = 500;                                  // at once; further ones wait until one ends
  std::size_t listeners = 200;                                    // of these, for events
};

struct Answer {
  unsigned status = 200;
  SharedBody body;
};

class Server {
 public:
  using Respond = std::function<void(Answer)>;  // may be called from any thread, once
  using Route = std::function<void(const Target&, const Respond&)>;

  // Binds the address. Errors: std::runtime_error, naming the address.
  Server(ServerOptions options, Route route);
  ~Server();

  std::string name() const;  // "127.0.0.1:8080", or a host's name that was given

  // From any thread: tells those who listen at /events that there is a new revision. The date is that of all answers from now on.
  void publish(std::uint64_t revision, std::chrono::system_clock::time_point modified);

  // Serves until SIGTERM or SIGINT.
  void run();

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace examples::serve
