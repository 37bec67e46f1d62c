#include <fmt/format.h>

#include "hub/observe/explain.hpp"

namespace lockhub::hub {

std::string time_in_words(time_point t, time_point now) {
    if (t > now) return fmt::format("{} (in {})", format_china_time(t), format_duration(t - now));
    return fmt::format("{} ({} ago)", format_china_time(t), format_duration(now - t));
}

error_words describe(error_class why) {
    switch (why) {
        case error_class::none:
            return {"no error", "无错误"};
        case error_class::refused_by_pms:
            return {"the PMS answered with a code other than 0", "PMS 返回的 code 不为 0"};
        case error_class::http_3xx:
            return {"the PMS answered with a redirect, which is never followed", "PMS 返回了重定向，系统不会跟随"};
        case error_class::http_4xx:
            return {"the PMS answered with an HTTP 4xx status", "PMS 返回 HTTP 4xx"};
        case error_class::http_429:
            return {"the PMS asked for fewer calls (HTTP 429)", "PMS 要求降低频率（HTTP 429）"};
        case error_class::http_5xx:
            return {"the PMS answered with an HTTP 5xx status", "PMS 返回 HTTP 5xx"};
        case error_class::timeout:
            return {"the PMS did not answer in time", "PMS 超时未应答"};
        case error_class::dns:
            return {"the PMS's host name does not resolve", "PMS 域名无法解析"};
        case error_class::tls:
            return {"the TLS handshake or the PMS's certificate failed", "TLS 握手失败或 PMS 证书无效"};
        case error_class::connection_refused:
            return {"the PMS's server refused the connection", "PMS 服务器拒绝连接"};
        case error_class::connection_lost:
            return {"the connection broke before the answer was complete", "应答完成之前连接中断"};
        case error_class::address_forbidden:
            return {"the PMS's name resolves to an address the address guard refuses", "PMS 地址被地址保护规则拒绝"};
        case error_class::response_too_large:
            return {"the PMS's answer was too large", "PMS 应答过大"};
        case error_class::bad_url:
            return {"the PMS's URL cannot be used", "PMS 的回调 URL 无法使用"};
        case error_class::interrupted:
            return {"lockhub stopped during the attempt", "投递过程中 lockhub 停止"};
    }
    return {"unknown", "未知"};
}

}  // namespace lockhub::hub
