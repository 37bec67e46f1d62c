#pragma once
// The whole hub between a PMS, a 丁盯 account and a gateway, in one thread on virtual time: real routes, codecs and
// store, simulated neighbours, no sockets.
//
// Hotel H10086 of demopms: rm301 (RT1) has its passwords on a 丁盯 lock and its cards on a gateway lock; rm302 (RT1)
// has both on one gateway lock; rm303 (RT2) has no lock; rm304 (RT2) has a 丁盯 lock. The card readers d0000001 and
// d0000002 hang on the gateway.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/engine.hpp"
#include "hub/lockapi/lockapi_reads.hpp"
#include "schemas/wire/json_value.hpp"
#include "storage/sqlite/open.hpp"
#include "tests/simulators/dingding_cloud.hpp"
#include "tests/simulators/gateway_box.hpp"
#include "tests/simulators/pms_system.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

namespace lockhub::test {

class lockapi_world {
  public:
    inline static const std::string lock_301 = "301d301d301d301d301d301d301d301d";
    inline static const std::string lock_304 = "304d304d304d304d304d304d304d304d";
    inline static const std::string gate_301 = "775032240849921";
    inline static const std::string gate_302 = "775032240849922";

    // `lockapi` is what stands under [lockapi].
    explicit lockapi_world(const std::string& lockapi = {});
    ~lockapi_world();

    struct answered {
        int status = 0;
        unsigned retry_after_seconds = 0;
        std::string body;
        wire::json_value json;  // of the body
        time_point at{};

        std::int64_t code() const { return json.integer_of("code").value_or(-999'999); }
        std::string message() const { return json.text_of("msg"); }
        const wire::json_value& data() const;
    };
    struct pending {
        std::optional<answered> answer;
    };

    // A call as a careful PMS sends it: hotelNo, operatorGuid and operatorName are added unless given, and it is
    // signed. Time passes until it is answered.
    answered call(const std::string& method, simulators::text_fields fields);
    std::shared_ptr<pending> begin(const std::string& method, simulators::text_fields fields);
    answered wait_for(const std::shared_ptr<pending>& one);
    // A raw body at any path.
    answered post(const std::string& path, const std::string& body);

    void run_for(duration d) { time.run_for(d); }
    // What simulated locks push reaches the hub when its time comes.
    void push(std::vector<simulators::scheduled_push> pushes);
    // Forms of the callbacks the PMS got at that path, hmac checked.
    std::vector<simulators::text_fields> callbacks(const std::string& path) const;
    // Another configuration, as after SIGHUP.
    void apply(const std::string& lockapi);

    template <class T, class Submit>
    T stored(Submit submit) {
        std::optional<result<T>> outcome;
        submit([&outcome](result<T> value) { outcome.emplace(std::move(value)); });
        time.run_until([&outcome] { return outcome.has_value(); }, std::chrono::seconds(10));
        if (!outcome || !*outcome) throw std::runtime_error(outcome ? outcome->error().message : "it never ended");
        return std::move(**outcome);
    }

    dispatch::asio::io_context io{1};
    virtual_time time{io};
    simulators::random_source chance{7};
    simulators::dingding_cloud cloud{simulators::dingding_registration{}};
    simulators::gateway_box box{simulators::gateway_registration{}};
    simulators::pms_system pms{simulators::pms_registration{"demopms", "made-up-sign-key-7QxLr2"}};
    // Asked before the simulators: what a request meets instead.
    std::function<std::optional<scripted_answer>(const wire::http_request&)> intercept;

  private:
    scripted_answer meet(const wire::http_request& request);
    void import_directory();

    seeded_entropy random_;
    temporary_folder folder_;
    scripted_transport network_{time, time, [this](const wire::http_request& request) { return meet(request); }};
    std::unique_ptr<storage::inline_store> store_;
    std::unique_ptr<storage::reader> reader_;
    std::unique_ptr<hub::direct_reads> reads_;
    hub::metrics counted_{"test"};
    dispatch::task_group tasks_;
    std::unique_ptr<hub::engine> engine_;
    std::unique_ptr<hub::router> routes_;

  public:
    storage::inline_store& store() { return *store_; }
    storage::reader& reader() { return *reader_; }
    hub::metrics& counted() { return counted_; }
};

}  // namespace lockhub::test
