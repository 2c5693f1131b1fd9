import Syntax
import Tools

/// `<`, `>`, `2>&1`, here-documents.
extension Evaluator {
    /// The streams with redirections, one after another; nil when a file cannot be opened, which has
    /// been said then.
    mutating func redirected(_ plans: [RedirectionPlan]) throws -> Streams? {
        var inner = streams
        for plan in plans {
            do {
                try apply(plan, to: &inner)
            } catch let problem as RedirectionProblem {
                inner.error.write("bash: line 1: \(problem.text)\n")
                return nil
            }
        }
        return inner
    }

    private struct RedirectionProblem: Error {
        let text: String

        init(_ path: String, _ reason: String) { text = "\(path): \(reason)" }
    }

    private mutating func apply(_ plan: RedirectionPlan, to inner: inout Streams) throws {
        switch plan.target {
        case .text(let pieces):
            inner.input = ToolInput(Array(try text(of: pieces).utf8), isDocument: true)
        case .word(let word, let written):
            if plan.operation == .hereString {
                inner.input = ToolInput(try text(of: word.pieces) + "\n")
                return
            }
            let names = try arguments(of: word).map(\.text)
            guard names.count == 1 else {
                throw RedirectionProblem(written, "ambiguous redirect")
            }
            try apply(plan, names[0], to: &inner)
        }
    }

    private func apply(
        _ plan: RedirectionPlan, _ name: String, to inner: inout Streams
    ) throws {
        let descriptor = plan.descriptor ?? 1
        switch plan.operation {
        case .input: inner.input = try opened(name)
        case .output: try set(opened(name, appending: false), at: descriptor, in: &inner)
        case .append: try set(opened(name, appending: true), at: descriptor, in: &inner)
        case .bothOutputs, .appendBoth:
            let output = try opened(name, appending: plan.operation == .appendBoth)
            (inner.output, inner.error) = (output, output)
        case .duplicateOutput:
            switch name {
            case "1": try set(inner.output, at: descriptor, in: &inner)
            case "2": try set(inner.error, at: descriptor, in: &inner)
            case _ where plan.descriptor == nil && Int(name) == nil:
                let output = try opened(name, appending: false)
                (inner.output, inner.error) = (output, output)
            default: throw RedirectionProblem(name, "Bad file descriptor")
            }
        case .duplicateInput:
            guard name == "0" else { throw RedirectionProblem(name, "Bad file descriptor") }
        case .hereDocument, .hereString: preconditionFailure("has a text and no name")
        }
    }

    private func set(_ output: ToolOutput, at descriptor: Int, in inner: inout Streams) throws {
        switch descriptor {
        case 1: inner.output = output
        case 2: inner.error = output
        default: throw RedirectionProblem(String(descriptor), "Bad file descriptor")
        }
    }

    // MARK: Files

    private func opened(_ path: String) throws -> ToolInput {
        if path == "/dev/null" { return ToolInput() }
        do {
            return ToolInput(try shell.tools.files.read(shell.tools.resolve(path)), isFile: true)
        } catch {
            throw RedirectionProblem(path, error.reason)
        }
    }

    private func opened(_ path: String, appending: Bool) throws -> ToolOutput {
        switch path {
        case "/dev/null": return ToolOutput(limit: .max) { _ in }
        case "/dev/stdout": return streams.output
        case "/dev/stderr": return streams.error
        default: break
        }
        let (files, full) = (shell.tools.files, shell.tools.resolve(path))
        do {
            if appending { try files.append([], to: full) } else { try files.write([], to: full) }
        } catch {
            throw RedirectionProblem(path, error.reason)
        }
        return ToolOutput(limit: limits.textBytes) { bytes in
            // The file was made when it was opened; only its removal meanwhile can fail this, and then
            // the text is lost, as it is to a shell that writes to an unlinked file.
            try? files.append(Array(bytes), to: full)
        }
    }
}
