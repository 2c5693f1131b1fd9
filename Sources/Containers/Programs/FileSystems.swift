import Tools

// `df`, `mount`, `du`.
extension ContainerProgram {
    /// The disk of a simulated machine, in kilobytes.
    private static let diskKilobytes = 98_831_908

    static let df = ContainerProgram("df", summary: "shows what is mounted, with sizes") { call in
        let (letters, _, operands) = call.options()
        var mounts = call.files.mounts
        if !operands.isEmpty {
            var found: [FileMount] = []
            for operand in operands {
                do throws(ToolFileProblem) {
                    found.append(try call.files.find(call.resolve(operand)).mount)
                } catch {
                    return call.fail("\(operand): can't find mount point: \(error.reason)")
                }
            }
            mounts = found
        }
        let isHuman = letters.contains("h")
        var rows: [[String]] = [
            [
                "Filesystem", isHuman ? "Size" : "1K-blocks", "Used", "Available", "Use%",
                "Mounted on",
            ]
        ]
        for mount in mounts {
            let total =
                mount.volume.sizeBytes.map { Int($0 / 1024) } ?? diskKilobytes
            let used = min((mount.volume.root.totalBytes + 1023) / 1024, total)
            let sizes = [total, used, total - used].map {
                isHuman ? FileText.size($0 * 1024) : String($0)
            }
            rows.append(
                [mount.volume.device] + sizes
                    + ["\(total == 0 ? 0 : used * 100 / total)%", mount.path])
        }
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            var line = row[0].padded(to: max(widths[0], 20))
            for column in 1..<5 {
                line +=
                    " " + String(repeating: " ", count: max(widths[column], 5) - row[column].count)
                    + row[column]
            }
            call.output.write("\(line) \(row[5])\n")
        }
        return 0
    }

    static let mount = ContainerProgram("mount", summary: "shows what is mounted") { call in
        guard call.arguments.isEmpty else {
            return call.fail("permission denied (are you root?)")
        }
        for mount in call.files.mounts {
            call.output.write(
                "\(mount.volume.device) on \(mount.path) type \(mount.volume.type) "
                    + "(\(mount.isReadOnly ? "ro" : "rw"),relatime)\n")
        }
        return 0
    }

    static let umount = ContainerProgram("umount", summary: "is refused") { call in
        call.fail("can't unmount \(call.arguments.last ?? "/"): Operation not permitted")
    }

    static let du = ContainerProgram("du", summary: "sums up sizes: -s -h") { call in
        let (letters, _, operands) = call.options()
        for operand in operands.isEmpty ? ["."] : operands {
            do throws(ToolFileProblem) {
                let node = try call.files.find(call.resolve(operand)).node
                let bytes = (node.totalBytes + 4095) / 4096 * 4096 + (node.isFolder ? 4096 : 0)
                let size = letters.contains("h") ? FileText.size(bytes) : String(bytes / 1024)
                call.output.write("\(size)\t\(operand)\n")
            } catch {
                return call.fail("\(operand): \(error.reason)")
            }
        }
        return 0
    }
}
