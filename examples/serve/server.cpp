#include "serve/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <ctime>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

namespace examples::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr std::uint32_t header_limit = 8 * 1024;                         // bytes, with the path
constexpr std::size_t path_limit = 2 * 1024;                             // bytes
constexpr auto heartbeat = std::chrono::seconds(15);                     // to listeners: one that has gone is noticed
constexpr auto before_accepting_again = std::chrono::milliseconds(100);  // when there are no more file descriptors

std::string http_date(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char out[64];
  return {out, std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts)};  // the C locale is never left
}

class Session;

}  // namespace

struct Server::State {
  State(ServerOptions given, Route answers) : options(std::move(given)), route(std::move(answers)) {}

  void accept();
  void end(const std::shared_ptr<Session>& session);
  void beat();

  ServerOptions options;
  Route route;
  std::uint64_t revision = 0;
  std::string modified;
  bool any_address = false;  // it listens at all of this machine's
  bool full = false;         // nobody is accepted until a session ends
  std::size_t listeners = 0;
  std::set<std::shared_ptr<Session>> sessions;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::signal_set signals{io};
  asio::steady_timer again{io}, heart{io};
};

namespace {

// One connection: requests one after another, or events for as long as it lasts. All of it on the server's thread.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket&& socket, Server::State& server) : stream_(std::move(socket)), server_(server) {}

  bool listens() const { return listens_; }

  void read() {
    parser_.emplace();
    parser_->header_limit(header_limit);
    stream_.expires_after(server_.options.patience);  // for all of the header, however slowly it comes
    http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](ErrorCode error, std::size_t) {
      if (!error) return self->handle();
      if (error == http::error::header_limit) return self->send({431, {}});
      if (error.category() == http::make_error_code(http::error::bad_method).category() &&
          error != http::error::end_of_stream && error != http::error::partial_message) {
        return self->send({400, {}});
      }
      self->end();
    });
  }

  // A new revision, or a sign of life when there is none.
  void tell(bool alive_only) {
    if (writing_) {
      behind_ = behind_ || !alive_only;
      return;
    }
    writing_ = true;
    const std::string revision = std::to_string(server_.revision);
    event_ = alive_only ? ":\n\n" : "id: " + revision + "\ndata: " + revision + "\n\n";
    stream_.expires_after(server_.options.sending);
    asio::async_write(stream_, asio::buffer(event_), [self = shared_from_this()](ErrorCode error, std::size_t) {
      if (error) return self->end();
      self->stream_.expires_never();
      self->writing_ = false;
      if (std::exchange(self->behind_, false)) self->tell(false);
    });
  }

 private:
  void handle() {
    const auto& request = parser_->get();
    const auto text = [](auto view) { return std::string(view.data(), view.size()); };
    head_ = request.method() == http::verb::head;
    keep_ = request.keep_alive() && parser_->is_done() && server_.sessions.size() * 2 <= server_.options.connections;
    wants_ = text(request[http::field::if_none_match]);
    gzip_ = accepts_gzip(text(request[http::field::accept_encoding]));
    if (!parser_->is_done()) return send({head_ || request.method() == http::verb::get ? 400U : 405U, {}});
    if (request.count(http::field::host) != 1 || !is_own_host(text(request[http::field::host]), server_.options.hosts,
                                                              server_.any_address, server_.options.port)) {
      return send({request.count(http::field::host) == 1 ? 421U : 400U, {}});
    }
    if (request.method() != http::verb::get && !head_) return send({405, {}});
    if (request.target().size() > path_limit) return send({414, {}});
    const std::optional<Target> target = read_target(text(request.target()));
    if (!target) return send({400, {}});
    if (target->path == "/events") return listen();
    stream_.expires_never();  // until the answer is there
    server_.route(*target, [&io = server_.io, weak = weak_from_this()](Answer answer) {
      asio::post(io, [weak, answer = std::move(answer)] {
        if (const auto self = weak.lock()) self->send(answer);
      });
    });
  }

  void set_common(http::response_header<>& header, unsigned status) const {
    header.result(status);
    header.set(http::field::date, http_date(std::chrono::system_clock::now()));
    header.set("X-Content-Type-Options", "nosniff");
    header.set("Referrer-Policy", "no-referrer");
    header.set("Cross-Origin-Resource-Policy", "same-origin");
    if (status == 405) header.set(http::field::allow, "GET, HEAD");
    if (status == 503) header.set(http::field::retry_after, "2");
  }

  void send(Answer answer) {
    if (!answer.body)
      answer.body = make_body("text/plain; charset=utf-8",
                              std::string(http::obsolete_reason(static_cast<http::status>(answer.status))) + '\n');
    const bool found = answer.status == 200;
    if (!found && answer.status != 404 && answer.status != 503) keep_ = false;
    sent_ = answer.body;
    const bool compressed = gzip_ && !sent_->gzip.empty();
    const std::string& text = compressed ? sent_->gzip : sent_->text;
    std::string tag = sent_->tag;
    if (compressed) tag.insert(tag.size() - 1, "-gz");
    const bool known = found && names_tag(wants_, tag);
    response_.emplace();
    set_common(*response_, known ? 304 : answer.status);
    response_->version(11);
    response_->set(http::field::content_type, sent_->type);
    response_->set("Content-Security-Policy", sent_->policy);
    if (found) {
      response_->set(http::field::etag, tag);
      response_->set(http::field::cache_control, "no-cache");
      response_->set(http::field::vary, "Accept-Encoding");
      response_->set(http::field::last_modified, server_.modified);
    } else {
      response_->set(http::field::cache_control, "no-store");
    }
    if (compressed && !known) response_->set(http::field::content_encoding, "gzip");
    response_->keep_alive(keep_);
    if (!known) response_->content_length(text.size());
    if (!known && !head_) response_->body() = beast::span<const char>(text.data(), text.size());
    stream_.expires_after(server_.options.sending);
    http::async_write(stream_, *response_, [self = shared_from_this()](ErrorCode error, std::size_t) {
      self->sent_.reset();
      if (error || !self->keep_) return self->end();
      self->read();
    });
  }

  void listen() {
    if (server_.listeners >= server_.options.listeners) return send({503, {}});
    ++server_.listeners;
    listens_ = writing_ = true;
    opening_.emplace();
    set_common(*opening_, 200);
    opening_->version(11);
    opening_->set(http::field::content_type, "text/event-stream");
    opening_->set(http::field::cache_control, "no-store");
    opening_->keep_alive(false);
    stream_.expires_after(server_.options.sending);
    http::async_write(stream_, *opening_, [self = shared_from_this()](ErrorCode error, std::size_t) {
      if (error && error != http::error::end_of_stream) return self->end();
      self->writing_ = false;
      if (self->head_) return self->end();
      self->tell(false);
    });
  }

  void end() {
    ErrorCode ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    server_.end(shared_from_this());
  }

  beast::tcp_stream stream_;
  Server::State& server_;
  beast::flat_buffer buffer_{std::size_t{header_limit} + 1024};
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<http::response<http::span_body<const char>>> response_;
  std::optional<http::response<http::empty_body>> opening_;
  SharedBody sent_;
  std::string wants_, event_;
  bool head_ = false, keep_ = false, gzip_ = false;
  bool listens_ = false, writing_ = false, behind_ = false;
};

}  // namespace

void Server::State::accept() {
  full = sessions.size() >= options.connections;
  if (full) return;
  acceptor.async_accept(io, [this](ErrorCode error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) {
      const auto session = std::make_shared<Session>(std::move(socket), *this);
      sessions.insert(session);
      session->read();
      return accept();
    }
    again.expires_after(before_accepting_again);
    again.async_wait([this](ErrorCode stopped) {
      if (!stopped) accept();
    });
  });
}

void Server::State::end(const std::shared_ptr<Session>& session) {
  if (sessions.erase(session) == 0) return;
  if (session->listens()) --listeners;
  if (full) accept();
}

void Server::State::beat() {
  heart.expires_after(heartbeat);
  heart.async_wait([this](ErrorCode stopped) {
    if (stopped) return;
    for (const auto& session : sessions) {
      if (session->listens()) session->tell(true);
    }
    beat();
  });
}

Server::Server(ServerOptions options, Route route)
    : state_(std::make_shared<State>(std::move(options), std::move(route))) {
  try {
    const auto address = asio::ip::make_address(state_->options.address);
    const tcp::endpoint at(address, static_cast<unsigned short>(state_->options.port));
    state_->acceptor.open(at.protocol());
    state_->acceptor.set_option(tcp::acceptor::reuse_address(true));
    state_->acceptor.bind(at);
    state_->acceptor.listen(asio::socket_base::max_listen_connections);
    state_->options.port = state_->acceptor.local_endpoint().port();
    state_->any_address = address.is_unspecified();
    if (!state_->any_address) {
      const std::string name = address.to_string();
      state_->options.hosts.push_back(address.is_v6() ? '[' + name + ']' : name);
    }
    if (state_->any_address || address.is_loopback()) state_->options.hosts.emplace_back("localhost");
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen at " + state_->options.address + ":" +
                             std::to_string(state_->options.port) + ": " + error.code().message());
  }
}

Server::~Server() = default;

std::string Server::name() const { return state_->options.hosts.front() + ':' + std::to_string(state_->options.port); }

void Server::publish(std::uint64_t revision, std::chrono::system_clock::time_point modified) {
  asio::post(state_->io, [this, revision, modified] {
    state_->modified = http_date(modified);
    state_->revision = revision;
    for (const auto& session : state_->sessions) {
      if (session->listens()) session->tell(false);
    }
  });
}

void Server::run() {
  for (const int signal : {SIGINT, SIGTERM}) state_->signals.add(signal);
  state_->signals.async_wait([this](ErrorCode error, int) {
    if (!error) state_->io.stop();
  });
  state_->accept();
  state_->beat();
  state_->io.run();
  state_->sessions.clear();
}

}  // namespace examples::serve
