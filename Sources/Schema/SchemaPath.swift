/// The place of a value in its object, made a text only where something is wrong there.
struct SchemaPath: Sendable {
    private indirect enum Step: Sendable {
        case root
        case child(Step, String)
        case index(Step, Int)
        case key(Step, String)
    }

    private let step: Step

    static let root = SchemaPath(step: .root)

    private init(step: Step) { self.step = step }

    func child(_ name: String) -> SchemaPath { SchemaPath(step: .child(step, name)) }
    func key(_ name: String) -> SchemaPath { SchemaPath(step: .key(step, name)) }
    subscript(index: Int) -> SchemaPath { SchemaPath(step: .index(step, index)) }

    /// `spec.ports[0].name`; fields of maps stand in brackets where they came by ``key(_:)``.
    var text: String {
        var parts: [String] = []
        var step = step
        while true {
            switch step {
            case .root: return parts.reversed().joined().trimmingLeadingDot
            case .child(let parent, let name):
                parts.append(".\(name)")
                step = parent
            case .index(let parent, let index):
                parts.append("[\(index)]")
                step = parent
            case .key(let parent, let name):
                parts.append("[\(name)]")
                step = parent
            }
        }
    }
}

extension String {
    fileprivate var trimmingLeadingDot: String { hasPrefix(".") ? String(dropFirst()) : self }
}
