import Syntax

extension IndexBuilder {
    /// The variables of `vary` are known in every part; each block is a scope of its own.
    mutating func walk(_ exercise: ExerciseStatement, at span: SourceSpan) {
        for part in exercise.parts {
            if case .topics(let topics) = part.kind {
                for topic in topics { index.tags.append((topic, source)) }
            }
        }
        index.folds.append((exercise.body, source))
        inBody(span) { builder in
            for part in exercise.parts {
                guard case .vary(let name, let values) = part.kind else { continue }
                let shape = builder.walk(values)?.item
                builder.declare(name, .parameter, by: part.span, shape: shape)
            }
            for part in exercise.parts { builder.walk(part) }
        }
    }

    private mutating func walk(_ part: ExercisePart) {
        for entry in part.kind.text?.entries ?? [] {
            switch entry.value.kind {
            case .hereDocument(let document): add(document)
            case .string(let string): walk(string.pieces)
            default: continue
            }
        }
        if let condition = part.kind.condition { walk(condition) }
        guard let block = part.kind.block else { return }
        inBody(block.span) { $0.walkStatements(of: block) }
    }
}
