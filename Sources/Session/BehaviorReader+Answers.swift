import Cluster
import Language
import Value

// What containers answer and write: the settings `http`, `listens` and `logs`.
extension BehaviorReader {
    /// `8080`, `[80, 443]`; `[]` for one that listens nowhere.
    static func ports(_ setting: BehaviorValue) throws -> [Int] {
        let values: [Value] =
            if case .array(let items) = setting.value { items } else { [setting.value] }
        return try values.map { value in
            guard let port = value.int, 1...65_535 ~= port else {
                throw expected("a port or a list of ports from 1 to 65535", setting)
            }
            return port
        }
    }

    // MARK: http

    private static let httpForm =
        "a text, a status such as 503, or a map of paths such as {\"/\": \"v1\", \"/healthz\": 503 after 30s}"

    /// A map of paths; what is no map is for every path.
    static func http(_ setting: BehaviorValue) throws -> [HTTPBehavior] {
        guard case .object(let paths) = setting.value, !isAnswer(setting.value) else {
            return [HTTPBehavior(path: "/", answers: try answers(setting.value, setting))]
        }
        return try paths.map { field in
            guard field.key.name.hasPrefix("/") else {
                throw HostError(
                    "a path of `http` begins with `/`, not `\(field.key.name)`",
                    hint: "as in: http: {\"/healthz\": 503}", span: setting.span)
            }
            return HTTPBehavior(path: field.key.name, answers: try answers(field.value, setting))
        }
    }

    /// Whether a map is one answer rather than answers by path.
    private static func isAnswer(_ value: Value) -> Bool {
        guard case .object(let fields) = value else { return false }
        return fields.contains { answerKeys.contains($0.key.name) }
    }

    private static let answerKeys = ["value", "status", "body", "takes", "after"]

    /// One answer, or several that come one after another.
    private static func answers(
        _ value: Value, _ setting: BehaviorValue
    ) throws -> [HTTPBehavior.Answer] {
        guard case .array(let items) = value else { return [try answer(value, setting)] }
        let answers = try items.map { try answer($0, setting) }
        for (earlier, later) in zip(answers, answers.dropFirst()) where later.from < earlier.from {
            throw HostError(
                "the answers of `http` come in the order of their times", span: setting.span)
        }
        return answers
    }

    private static func answer(
        _ value: Value, _ setting: BehaviorValue
    ) throws -> HTTPBehavior.Answer {
        var answer = HTTPBehavior.Answer()
        if try take(value, into: &answer, setting) { return answer }
        guard case .object(let fields) = value else { throw expected(httpForm, setting) }
        for field in fields {
            switch field.key.name {
            case "value":
                guard try take(field.value, into: &answer, setting) else {
                    throw expected(httpForm, setting)
                }
            case "status": answer.status = try status(field.value, setting)
            case "body":
                guard let text = field.value.string else { throw expected(httpForm, setting) }
                answer.text = text
            case "takes": answer.takes = try time(field.value, setting)
            case "after": answer.from = try time(field.value, setting)
            default:
                throw HostError(
                    "an answer of `http` has no `\(field.key.name)`",
                    hint: "it has status, body, takes and after", span: setting.span)
            }
        }
        return answer
    }

    /// Takes a text as the body, a number as the status; false for everything else.
    private static func take(
        _ value: Value, into answer: inout HTTPBehavior.Answer, _ setting: BehaviorValue
    ) throws -> Bool {
        if let text = value.string {
            answer.text = text
            return true
        }
        guard value.int != nil else { return false }
        answer.status = try status(value, setting)
        return true
    }

    private static func status(_ value: Value, _ setting: BehaviorValue) throws -> Int {
        guard let status = value.int, 100...599 ~= status else {
            throw expected("a status from 100 to 599", setting)
        }
        return status
    }

    private static func time(_ value: Value, _ setting: BehaviorValue) throws -> Int64 {
        guard let time = milliseconds(value), time >= 0 else {
            throw HostError(
                "a time of `\(setting.name)` is a duration such as 2s", span: setting.span)
        }
        return time
    }

    // MARK: logs

    /// `"started"`, or lines over time: `["started", "ready" after 2s, "tick" every 10s]`.
    static func logs(_ setting: BehaviorValue) throws -> [LogBehavior] {
        let values: [Value] =
            if case .array(let items) = setting.value { items } else { [setting.value] }
        return try values.map { value in
            if let text = value.string { return LogBehavior(text: text) }
            let form = "a text or a list such as [\"started\", \"tick\" every 10s]"
            guard case .object(let fields) = value else { throw expected(form, setting) }
            var text: String?
            var (after, every): (Int64, Int64?) = (0, nil)
            for field in fields {
                switch field.key.name {
                case "value": text = field.value.string
                case "after": after = try time(field.value, setting)
                case "every":
                    let time = try time(field.value, setting)
                    guard time > 0 else { throw expected(form, setting) }
                    every = time
                default:
                    throw HostError(
                        "a line of `logs` has no `\(field.key.name)`",
                        hint: "it has value, after and every", span: setting.span)
                }
            }
            guard let text else { throw expected(form, setting) }
            // The first of a line that comes again and again comes after one such time.
            return LogBehavior(text: text, after: after == 0 ? every ?? 0 : after, every: every)
        }
    }
}
