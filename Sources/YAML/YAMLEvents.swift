internal import CYaml
import Value

/// One event of libyaml's parser, copied out of C.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(YAMLScalarEvent)
        case sequenceStart(anchor: String?)
        case sequenceEnd
        case mappingStart(anchor: String?)
        case mappingEnd
    }

    let kind: Kind
    let mark: YAMLMark
}

struct YAMLScalarEvent {
    let text: String
    let tag: String?
    let anchor: String?
    /// Unquoted, so that its text decides what it is.
    let isPlain: Bool
}

/// libyaml's parser over one text; the only place that touches C memory.
final class YAMLEventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// The text, kept in place while the parser reads from it.
    private let input: UnsafeMutableBufferPointer<UInt8>
    /// Lines of the whole text before this part of it.
    private let lineOffset: Int

    init(_ bytes: some Collection<UInt8>, lineOffset: Int) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        self.lineOffset = lineOffset
        // It fails only without memory, and the first event reports that.
        _ = yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(kind: kind(of: event), mark: mark(event.start_mark))
    }

    private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        let data = event.data
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(string(data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                YAMLScalarEvent(
                    text: String(decoding: bytes, as: UTF8.self), tag: string(scalar.tag),
                    anchor: string(scalar.anchor), isPlain: scalar.plain_implicit != 0))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(anchor: string(data.sequence_start.anchor))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(anchor: string(data.mapping_start.anchor))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_STREAM_START_EVENT: return .streamStart
        default: return .streamEnd
        }
    }

    private func string(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
        bytes.map { String(cString: $0) }
    }

    private func mark(_ mark: yaml_mark_t) -> YAMLMark {
        YAMLMark(line: Int(mark.line) + 1 + lineOffset, column: Int(mark.column) + 1)
    }

    /// The trouble that stopped the parser. The line for kubectl follows go-yaml: counted from
    /// zero, raised by one only in the scanner, left out where it is zero.
    private func error() -> YAMLError {
        let state = parser.pointee
        let problem =
            state.problem.map { String(cString: $0) } ?? "unknown problem parsing YAML content"
        if state.error == YAML_READER_ERROR {
            return YAMLError(
                problem: .syntax(problem, kubectlLine: nil),
                mark: mark(at: Int(state.problem_offset)))
        }
        var line = Int(state.context_mark.line)
        if state.problem_mark.line != 0 {
            line = Int(state.problem_mark.line) + (state.error == YAML_SCANNER_ERROR ? 1 : 0)
        }
        var error = YAMLError(
            problem: .syntax(problem, kubectlLine: line == 0 ? nil : line),
            mark: mark(state.problem_mark))
        if state.context_mark.line != 0 {
            error.contextLine =
                Int(state.context_mark.line) + (state.error == YAML_SCANNER_ERROR ? 1 : 0)
        }
        return error
    }

    private func mark(at offset: Int) -> YAMLMark {
        var line = 1
        var column = 1
        for byte in input.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return YAMLMark(line: line + lineOffset, column: column)
    }
}
