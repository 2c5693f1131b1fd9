import Tools
import Value

// What runs, on what: `ps`, `top`, `free`, `nproc`, `uptime`.
extension ContainerProgram {
    static let ps = ContainerProgram("ps", summary: "lists the processes") { call in
        let space = call.space
        let user = space.userName(call.files.user.id) ?? "\(call.files.user.id)"
        let own = [call.name] + call.arguments
        var entries = space.processes
        if entries.last?.command != own.joined(separator: " ") {
            entries.append(
                ContainerSpace.ProcessEntry(
                    id: (entries.map(\.id).max() ?? 6) + 1, command: own.joined(separator: " "),
                    started: call.clock.now))
        }
        let option = call.arguments.first ?? ""
        if space.image.family == .debian, option.contains("aux") || option == "-ef" {
            call.output.write(longList(entries, user, call, isAux: option.contains("aux")))
            return 0
        }
        if space.image.family == .debian {
            call.output.write("    PID TTY          TIME CMD\n")
            for entry in entries {
                let name = entry.command.split(separator: " ").first.map {
                    ContainerPath.last(of: String($0))
                }
                call.output.write("\(pad(entry.id, 7)) pts/0    00:00:00 \(name ?? "")\n")
            }
            return 0
        }
        call.output.write("PID   USER     TIME  COMMAND\n")
        for entry in entries {
            call.output.write(
                "\(pad(entry.id, 5)) \(user.padded(to: 8))  0:00 \(entry.command)\n")
        }
        return 0
    }

    /// procps' `ps aux` and `ps -ef`.
    private static func longList(
        _ entries: [ContainerSpace.ProcessEntry], _ user: String, _ call: ProgramCall, isAux: Bool
    ) -> String {
        var text =
            isAux
            ? "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n"
            : "UID          PID    PPID  C STIME TTY          TIME CMD\n"
        for entry in entries {
            let start = clockText(entry.started)
            let head = "\(user.padded(to: 8)) \(pad(entry.id, 7))"
            text +=
                isAux
                ? "\(head)  0.0  0.0   2576   928 ?        Ss   \(start)   0:00 "
                : "\(head) \(pad(0, 7))  0 \(start) ?        00:00:00 "
            text += entry.command + "\n"
        }
        return text
    }

    /// `12:05`.
    static func clockText(_ instant: Int64) -> String {
        let time = Timestamp.zero + Duration(milliseconds: instant)
        return String(time.text.dropFirst(11).prefix(5))
    }

    static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(width - digits.count, 0)) + digits
    }

    static let top = ContainerProgram("top", summary: "shows the processes once") { call in
        let facts = call.space.facts
        let total = facts.memoryBytes / 1024
        let used = total / 4
        call.output.write(
            "Mem: \(used)K used, \(total - used)K free, 0K shrd, 0K buff, \(used / 2)K cached\n")
        call.output.write("CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n")
        call.output.write("Load average: 0.00 0.00 0.00 1/\(call.space.processes.count + 1) 1\n")
        call.output.write("  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n")
        let user = call.space.userName(call.files.user.id) ?? "\(call.files.user.id)"
        for entry in call.space.processes {
            call.output.write(
                "\(pad(entry.id, 5))     0 \(user.padded(to: 8)) S     4400   0%   0   0% \(entry.command)\n"
            )
        }
        return 0
    }

    static let free = ContainerProgram("free", summary: "shows the machine's memory") { call in
        let letters = call.options().letters
        let unit: Int64 =
            letters.contains("m") ? 1 << 20 : letters.contains("g") ? 1 << 30 : 1 << 10
        let total = call.space.facts.memoryBytes / unit
        let used = total / 4
        func cell(_ number: Int64) -> String { pad(Int(number), 12) }
        call.output.write(
            "              total        used        free      shared  buff/cache   available\n")
        call.output.write(
            "Mem:   \(cell(total))\(cell(used))\(cell(total - used - used / 2))\(cell(0))"
                + "\(cell(used / 2))\(cell(total - used))\n")
        call.output.write("Swap:  \(cell(0))\(cell(0))\(cell(0))\n")
        return 0
    }

    static let nproc = ContainerProgram("nproc", summary: "prints the number of processors") {
        call in
        call.output.write("\(call.space.facts.processors)\n")
        return 0
    }

    static let uptime = ContainerProgram("uptime", summary: "says how long the machine runs") {
        call in
        let minutes = call.clock.now / 60_000
        let time = (Timestamp.zero + Duration(milliseconds: call.clock.now)).text
        let up =
            minutes < 60
            ? "\(minutes) min" : "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        call.output.write(
            " \(time.dropFirst(11).prefix(8)) up \(up),  0 users,  load average: 0.00, 0.00, 0.00\n"
        )
        return 0
    }
}

extension String {
    /// With blanks behind it, up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }
}
