import Tools

/// What pages call that a simulated cluster does not have.
enum Unsimulated {
    private static let machine: Set<String> = [
        "apt", "apt-get", "aws", "az", "brew", "crictl", "ctr", "dnf", "docker", "docker-compose",
        "eksctl",
        "etcdctl", "exportfs", "firewall-cmd", "gcloud", "git", "helm", "hostnamectl", "ifconfig",
        "ip",
        "iptables", "istioctl", "journalctl", "kind", "kubeadm", "kubelet", "microk8s", "minikube",
        "mount",
        "nerdctl", "netstat", "openssl", "podman", "reboot", "rpm", "scp", "service", "setenforce",
        "showmount",
        "shutdown", "snap", "ssh", "swapoff", "sysctl", "systemctl", "telnet", "ufw", "useradd",
        "vagrant",
        "yum", "ssh-keygen", "modprobe", "umount", "mkfs", "fdisk", "lsblk", "df", "free", "top",
        "chronyc",
        "nmcli", "kill", "pkill", "chown", "chmod", "passwd", "su", "tar", "unzip", "make", "go",
        "npm", "pip",
        "python", "python3", "node", "java", "mvn", "k9s", "kubectx", "kubens", "stern", "ipvsadm",
        "ab", "hey",
        "wrk", "siege", "getenforce", "netplan", "timedatectl", "route", "tree", "gedit", "code",
        "nano", "vim",
        "vi", "emacs", "drydock", "ll",
    ]
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
        if command.contains("minikube ip") || command.contains("minikube service") {
            return "minikube is a program of a machine; the cluster alone is simulated"
        }
        let isOutside = ToolRegistry.tool(named: program)?.isOutside ?? false
        if machine.contains(program) || isOutside {
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

    /// Whether a command asks an address that is none of this cluster: the page's words are those of its own.
    static func asksStranger(_ command: String) -> Bool {
        guard ["curl", "wget", "ping", "nc"].contains(PageCommands.program(of: command)) else {
            return false
        }
        return PageText.words(command).contains { word in
            let host = word.trimmingQuotes.replacing("http://", with: "").replacing(
                "https://", with: ""
            )
            .prefix { $0 != "/" }
            return PageToken.isAddress(String(host)) && !host.hasPrefix("10.244.")
                && !host.hasPrefix("10.96.")
                || host.contains("localhost") || host.contains("$") || host.hasPrefix("127.")
        }
    }

    /// Whether a failed command says that what it wants is not simulated.
    static func says(_ output: String) -> Bool {
        let signs = [
            "simulated container", "simulated pods", "simulator", "command not found",
            "is not simulated",
            "opens no network", "no program", "on the disk below", "a script opens no",
        ]
        return signs.contains(where: output.contains)
    }
}
