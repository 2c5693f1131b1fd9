/// The programs that pages call at a prompt: behind a mark that could be something else, such as `#`, one of
/// these says that it is a prompt.
enum PromptPrograms {
    static let kubectl: Set<String> = ["kubectl", "k", "kubectl.exe", "oc"]

    private static let others: Set<String> = [
        "alias", "apt", "apt-get", "awk", "aws", "az", "base64", "bash", "brew", "cat", "cd",
        "chmod",
        "chown", "clear", "cp", "crictl", "ctr", "curl", "date", "df", "dig", "dnf", "docker",
        "echo",
        "eksctl", "env", "etcdctl", "exit", "export", "exportfs", "firewall-cmd", "free", "gcloud",
        "git", "grep", "head", "helm", "history", "hostname", "hostnamectl", "ifconfig", "ip",
        "iptables", "istioctl", "journalctl", "jq", "kill", "kind", "kubeadm", "kubectx", "kubelet",
        "kubens", "kustomize", "less", "ls", "microk8s", "minikube", "mkdir", "more", "mount", "mv",
        "nano", "nc", "nerdctl", "netstat", "nslookup", "openssl", "ping", "podman", "printenv",
        "ps",
        "pwd", "rm", "scp", "sed", "service", "sh", "showmount", "sleep", "snap", "source", "ssh",
        "su",
        "sudo", "swapoff", "systemctl", "tail", "tar", "tee", "telnet", "time", "touch", "tree",
        "vagrant",
        "vi", "vim", "watch", "wc", "wget", "yum", "unset", "useradd", "uname", "route", "eval",
        "gedit",
        "getenforce", "setenforce", "modprobe", "sysctl", "netplan", "timedatectl", "ufw", "for",
        "while",
    ]

    /// Whether a command begins with one of the programs at an offset of a line.
    static func begin(_ line: ArraySlice<UInt8>) -> Bool {
        let word = line.prefix { !Characters.isBlank($0) && !";|&<>()".utf8.contains($0) }
        if word.isEmpty || word.count > 16 { return false }
        let text = String(decoding: word, as: UTF8.self)
        return kubectl.contains(text) || others.contains(text)
    }

    /// Whether a command of kubectl begins there.
    static func beginKubectl(_ line: ArraySlice<UInt8>) -> Bool {
        let word = line.prefix { !Characters.isBlank($0) }
        return word.count <= 11 && kubectl.contains(String(decoding: word, as: UTF8.self))
    }

    static func isKnown(_ word: some StringProtocol) -> Bool {
        begin(ArraySlice(Array(word.utf8)))
    }
}
