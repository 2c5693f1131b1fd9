import Tools

/// What pages call that a simulated cluster does not have.
enum Unsimulated {
    /// Programs of machines that no tool of ours stands in for.
    private static let machine: Set<String> = [
        "ab", "apt", "aws", "az", "brew", "chronyc", "code", "crictl", "ctr", "df", "dnf",
        "docker-compose",
        "drydock", "eksctl", "etcdctl", "fdisk", "firewall-cmd", "free", "gcloud", "gedit",
        "getenforce",
        "git", "go", "helm", "hey", "hostnamectl", "ifconfig", "ip", "iptables", "ipvsadm",
        "istioctl", "java",
        "journalctl", "k9s", "kubeadm", "kubectx", "kubelet", "kubens", "lsblk", "make", "microk8s",
        "mkfs",
        "modprobe", "mvn", "nerdctl", "netplan", "netstat", "nmcli", "node", "npm", "openssl",
        "passwd", "pip",
        "pkill", "podman", "python", "python3", "reboot", "route", "rpm", "scp", "service",
        "setenforce",
        "shutdown", "siege", "snap", "ssh-keygen", "stern", "su", "swapoff", "sysctl", "tar",
        "telnet",
        "timedatectl", "top", "ufw", "umount", "unzip", "useradd", "vagrant", "wrk", "yum",
    ]
    private static let editors: Set<String> = ["nano", "vim", "vi", "emacs", "code", "gedit"]
    /// What only a shell on a desk has a meaning for.
    private static let shell: Set<String> = [
        "clear", "history", "exit", "logout", "source", "reset",
    ]

    private static let verbs: Set<String> = ["proxy", "completion", "plugin", "krew"]

    /// Why a command cannot be simulated; nil where it can, or where running it will tell.
    static func reason(_ command: String, inContainer: Bool) -> String? {
        let program = PageCommands.program(of: command)
        if let word = PageCommands.placeholder(in: command) {
            return "\(word) is for the reader to fill in"
        }
        if inContainer { return nil }
        if ["$(minikube ", "`minikube "].contains(where: command.contains) {
            return "minikube is a program of a machine; the cluster alone is simulated"
        }
        if editors.contains(program) {
            return "an editor: what was changed in it does not show on the page"
        }
        let tool = ToolRegistry.tool(named: program)
        if tool?.isOutside ?? machine.contains(program) {
            return "\(program) is a program of a machine; the cluster alone is simulated"
        }
        if shell.contains(program) { return "\(program) is the shell's own; nothing is to be done" }
        guard let arguments = PageCommands.arguments(of: command) else { return nil }
        if arguments.first == "edit" {
            return "an editor: what was changed in it does not show on the page"
        }
        if let verb = arguments.first, verbs.contains(verb) {
            return "kubectl \(verb) has nothing to do in a simulated cluster"
        }
        return nil
    }

    /// A variable of the shell that a command sets: `ip` in `ip=$(minikube ip)` and in `export ip=…`.
    static func variable(setBy command: String) -> String? {
        let words = PageText.words(command)
        let word = words.first { $0 != "export" } ?? ""
        guard let sign = word.firstIndex(of: "="), sign > word.startIndex,
            word[..<sign].allSatisfy({ $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return String(word[..<sign])
    }

    /// Whether a command takes the value of a variable.
    static func uses(_ variable: String, in command: String) -> Bool {
        if command.contains("${\(variable)}") { return true }
        for range in command.ranges(of: "$\(variable)") {
            let next = range.upperBound < command.endIndex ? command[range.upperBound] : " "
            if next != "_", !next.isLetter, !next.isNumber { return true }
        }
        return false
    }

    /// Whether a failed command asked for files of a machine: by their whole paths.
    static func asksMachine(_ command: String, _ output: String) -> Bool {
        output.contains("No such file or directory")
            && PageText.words(command).contains { word in
                let path = word.trimmingQuotes
                return path.hasPrefix("/") && path.count > 1 && output.contains(path)
            }
    }

    /// Whether a command asks an address that is none of this cluster: the page's words are those of its own.
    static func asksStranger(_ command: String) -> Bool {
        let programs: Set<String> = ["curl", "wget", "ping", "nc"]
        var words = PageText.words(command)
        let isAtDesk = programs.contains(PageCommands.program(of: command))
        if !isAtDesk {
            // In a container: `kubectl exec web -- wget -O- 10.1.1.131`.
            guard let place = words.firstIndex(where: { programs.contains($0.trimmingQuotes) }),
                ["exec", "run"].contains(PageCommands.verb(of: command))
            else { return false }
            words.removeFirst(place)
        }
        return words.contains { word in
            let host = word.trimmingQuotes.replacing("http://", with: "").replacing(
                "https://", with: ""
            )
            .prefix { $0 != "/" }
            if PageToken.isAddress(String(host)), !host.hasPrefix("10.244."),
                !host.hasPrefix("10.96.")
            {
                return true
            }
            return isAtDesk
                && (host.contains("localhost") || host.contains("$") || host.hasPrefix("127."))
        }
    }

    /// The name outside of the cluster that a program could not find: `wget: bad address 'www.example.com'`.
    static func stranger(in output: String) -> String? {
        for line in output.split(separator: "\n") {
            for sign in ["bad address '", "Could not resolve host: "] {
                guard let range = line.firstRange(of: sign) else { continue }
                let host = line[range.upperBound...].prefix {
                    $0.isLetter || $0.isNumber || $0 == "." || $0 == "-"
                }
                let ending = host.split(separator: ".").last ?? ""
                let isOurs = ["svc", "local"].contains(ending) || host.contains(".svc.")
                if host.contains("."), !isOurs, ending.allSatisfy(\.isLetter) {
                    return String(host)
                }
            }
        }
        return nil
    }

    /// Whether a failed command says that what it wants is not simulated.
    static func says(_ output: String) -> Bool {
        let signs = [
            "simulated container", "simulated pods", "simulator", "command not found",
            "is not simulated",
            "opens no network", "no program", "nothing can be typed into", "on the disk below",
            "a script opens no",
        ]
        return signs.contains(where: output.contains)
    }
}
