#include "program/judge.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include <storymerge/base/time.h>
#include <storymerge/write/json_writer.h>

namespace examples {
namespace {

using storymerge::JudgedPair, storymerge::JudgedSentence;
using Clock = std::chrono::steady_clock;

std::string request(std::span<const JudgedPair> batch) {
  std::ostringstream out;
  {
    storymerge::JsonWriter json(out);
    const auto sentence = [&](std::string_view key, const JudgedSentence& s) {
      json.key(key).begin_object().field("text", s.text).field("before", s.before).field("title", s.title);
      json.field("source", s.source);
      if (s.published) json.field("published", storymerge::format_time(*s.published));
      json.end_object();
    };
    json.begin_object().key("pairs").begin_array();
    for (const JudgedPair& pair : batch) {
      json.begin_object();
      sentence("a", pair.a);
      sentence("b", pair.b);
      json.end_object();
    }
    json.end_array().end_object();
    json.flush();
  }
  return out.str() + '\n';
}

// The numbers of {"p": [ … ]}.
std::vector<double> read_answer(const std::string& line, std::size_t wanted) {
  const std::size_t key = line.find("\"p\""), open = line.find('[', key == std::string::npos ? 0 : key);
  if (key == std::string::npos || open == std::string::npos) throw std::runtime_error("answers no {\"p\": [...]}");
  std::vector<double> out;
  for (const char* at = line.c_str() + open + 1; *at != '\0' && *at != ']';) {
    char* end = nullptr;
    const double p = std::strtod(at, &end);
    if (end == at || !(p >= 0 && p <= 1)) throw std::runtime_error("answers what is no number from 0 to 1");
    out.push_back(p);
    for (at = end; *at == ',' || *at == ' ';) ++at;
  }
  if (out.size() != wanted) {
    throw std::runtime_error("answers " + std::to_string(out.size()) + " numbers for " + std::to_string(wanted) +
                             " pairs");
  }
  return out;
}

class Judge {
 public:
  Judge(const std::string& command, int seconds) : seconds_(seconds) {
    int ends[2];  // a socket, not pipes: writing to a judge that has ended must not end us
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw std::runtime_error("judge: no socket");
    child_ = fork();
    if (child_ < 0) throw std::runtime_error("judge: cannot be started");
    if (child_ == 0) {
      setpgid(0, 0);  // so that what the shell starts ends with it
      dup2(ends[1], 0);
      dup2(ends[1], 1);
      execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    setpgid(child_, child_);
    close(ends[1]);
    socket_ = ends[0];
  }
  ~Judge() { stop(); }
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  std::vector<double> operator()(std::span<const JudgedPair> batch) {
    const std::lock_guard lock(mutex_);
    if (child_ <= 0) return {};
    try {
      return read_answer(exchange(request(batch)), batch.size());
    } catch (const std::runtime_error& error) {
      std::cerr << "judge: " << error.what() << "; going on without it\n";
      stop();
      return {};
    }
  }

 private:
  // Writes and reads by turns, whichever is ready, so that neither side waits for the other for ever.
  std::string exchange(const std::string& question) {
    const auto deadline = Clock::now() + std::chrono::seconds(seconds_);
    std::size_t written = 0;
    while (true) {
      if (const std::size_t end = answer_.find('\n'); end != std::string::npos) {
        std::string line = answer_.substr(0, end);
        answer_.erase(0, end + 1);
        return line;
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      const bool asking = written < question.size();
      pollfd ready{socket_, static_cast<short>(asking ? POLLIN | POLLOUT : POLLIN), 0};
      if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) == 0)
        throw std::runtime_error("no answer within " + std::to_string(seconds_) + " seconds");
      if (asking && (ready.revents & POLLOUT) != 0) {
        const ssize_t n =
            send(socket_, question.data() + written, question.size() - written, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN) throw std::runtime_error("ended before it answered");
        if (n > 0) written += static_cast<std::size_t>(n);
      }
      if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        char buffer[4096];
        const ssize_t n = recv(socket_, buffer, sizeof buffer, 0);
        if (n == 0 || (n < 0 && errno != EINTR)) throw std::runtime_error("ended before it answered");
        if (n > 0) answer_.append(buffer, static_cast<std::size_t>(n));
      }
    }
  }

  void stop() {
    if (child_ <= 0) return;
    close(socket_);
    kill(-child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }

  std::mutex mutex_;
  pid_t child_ = 0;
  int socket_ = -1, seconds_;
  std::string answer_;  // read, and not yet asked for
};

}  // namespace

std::function<std::vector<double>(std::span<const JudgedPair>)> start_judge(const std::string& command, int seconds) {
  return [judge = std::make_shared<Judge>(command, seconds)](std::span<const JudgedPair> batch) {
    return (*judge)(batch);
  };
}

}  // namespace examples
