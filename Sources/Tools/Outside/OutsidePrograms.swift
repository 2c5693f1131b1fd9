/// The programs of machines, by what a page wants with them.
enum OutsidePrograms {
    static let all: [OutsideProgram] = packages + services + volumes + shells + containers + others

    /// Installing what is needed.
    private static let packages: [OutsideProgram] = [
        OutsideProgram(
            "apt-get apt yum dnf apk brew snap zypper pacman choco winget pip pip3 npm gem krew",
            "installs programs: the tools of this prompt are built in",
            .done(
                "nothing is to be installed: the tools of this prompt are built in (`help` lists them)"
            ))
    ]

    /// Starting and setting up what runs on machines.
    private static let services: [OutsideProgram] = [
        OutsideProgram(
            "systemctl service", "starts and stops services: no machine stands behind a node"
        ) {
            words in
            let stops = ["stop", "disable", "kill", "mask", "reboot", "poweroff", "halt"]
            return words.contains(where: stops.contains)
                ? .refused(
                    "no machine stands behind a node; `node fail NAME` stops its kubelet, `node recover "
                        + "NAME` starts it again")
                : .done(
                    "nothing is to be started: no machine stands behind a node, and its kubelet runs"
                )
        },
        OutsideProgram(
            "reboot shutdown poweroff", "stop machines: `node fail NAME` does",
            .refused("`node fail NAME` stops a machine, `node recover NAME` brings it back")),
        OutsideProgram(
            "modprobe sysctl swapoff swapon setenforce sestatus ufw firewall-cmd iptables ip6tables "
                + "iptables-save nft hostnamectl timedatectl ntpdate update-alternatives ipvsadm",
            "set a machine up: no machine stands behind a node",
            .done("nothing is to be set up: no machine stands behind a node")),
        OutsideProgram(
            "journalctl dmesg last", "show logs of machines: there are none",
            .refused(
                "there are no logs of machines; `get events`, `log`, `describe node NAME` and `logs POD` "
                    + "tell what happened")),
        OutsideProgram(
            "etcdctl etcdutl kubelet kube-apiserver kube-proxy kube-scheduler kube-controller-manager",
            "parts of a control plane: they are built in",
            .refused("the control plane is built in; `world` and `feature-gate` set it up")),
    ]

    /// What stands behind volumes.
    private static let volumes: [OutsideProgram] = [
        OutsideProgram(
            "exportfs showmount mount umount rpcinfo mkfs mkfs.ext4 mkfs.xfs fdisk parted pvcreate "
                + "vgcreate lvcreate losetup",
            "set up what is behind volumes: no server is",
            .done(
                "nothing is to be exported or mounted: a PersistentVolume is taken as it is written, "
                    + "no server stands behind it")),
        OutsideProgram(
            "chmod chown chgrp chattr setfacl", "change who may use a file: everybody may here",
            .done("nothing is to be changed: files here have no owner and no mode")),
        OutsideProgram(
            "df du free vmstat iostat lsblk blkid htop uptime lscpu nproc lsof pstree",
            "measure a machine: no machine stands behind a node",
            .refused(
                "no machine stands behind a node; `describe node NAME` tells what it has, `kubectl top "
                    + "nodes` what is used")),
    ]

    /// What a shell is told about itself.
    private static let shells: [OutsideProgram] = [
        OutsideProgram(
            "complete compdef compinit autoload compgen shopt bind setopt unsetopt trap hash stty disown",
            "set a shell up: this prompt completes by itself", .silent),
        OutsideProgram(
            "ulimit umask su newgrp useradd usermod groupadd passwd visudo chsh",
            "change users and what they may do: there is one, who may do everything",
            .done("nothing is to be done: there is one user, who may do everything")),
        OutsideProgram(
            "screen tmux nohup", "keep programs running: a session is kept by its prompt",
            .done("nothing is to be done: the session goes on as long as its prompt")),
        OutsideProgram("man info tldr", "show manuals: `help` does") { words in
            let topic = words.operands.last.map { " \($0.replacingPrefix("kubectl-"))" } ?? " VERB"
            return .refused("`help\(topic)` says what it does")
        },
        OutsideProgram(
            "open xdg-open firefox start", "open a browser: there is none",
            .done("nothing is to be opened: there is no browser")),
    ]

    /// Images, and containers outside of pods.
    private static let containers: [OutsideProgram] = [
        OutsideProgram(
            "docker podman nerdctl buildah docker-compose", "run containers: pods do here"
        ) {
            words in
            let prepares = [
                "build", "buildx", "push", "pull", "tag", "login", "logout", "load", "save",
                "import",
                "network", "volume", "rmi", "system", "version", "info", "--version", "-v",
            ]
            if let word = words.first, prepares.contains(word) {
                return .done("nothing is to be done: every image that a pod names exists")
            }
            return .refused(
                "containers run in pods here: `kubectl run NAME --image=IMAGE`, `kubectl get pods`, "
                    + "`kubectl logs NAME`")
        },
        OutsideProgram("crictl ctr", "look at the containers of a machine: pods show them") {
            words in
            words.contains("pull") || words.contains("import")
                ? .done("nothing is to be done: every image that a pod names exists")
                : .refused(
                    "no machine stands behind a node; `kubectl get pods -o wide --field-selector "
                        + "spec.nodeName=NAME` lists its pods")
        },
    ]

    private static let others: [OutsideProgram] = [
        OutsideProgram(
            "ssh", "go to other machines: there are none to log into",
            .refused(
                "no machine stands behind a node; `describe node NAME` shows one, `node fail NAME` breaks "
                    + "it")),
        OutsideProgram(
            "scp rsync sftp", "copy files between machines: there is one set of files",
            .refused("no machine stands behind a node; all of this session's files are here (`ls`)")
        ),
        OutsideProgram(
            "helm helmfile", "installs charts: only manifests are read",
            .refused(
                "charts are not read here: `helm template` elsewhere and `apply -f` what it prints")
        ),
        OutsideProgram(
            "git svn hg", "fetch sources: nothing is fetched",
            .refused(
                "nothing is fetched: put the files below the session's folder, or write them with `cat "
                    + "<<EOF > FILE`")),
        OutsideProgram(
            "gcloud aws az eksctl doctl oc terraform ansible ansible-playbook vagrant multipass",
            "set up clusters elsewhere: this one is here",
            .refused("the cluster is here already; `node add NAME` adds machines")),
        OutsideProgram(
            "openssl ssh-keygen gpg cfssl cfssljson certbot htpasswd",
            "make keys: there are none here",
            .refused("no keys are made here; put the files below the session's folder")),
        OutsideProgram(
            "k9s stern kubectx lens kubecolor telepresence skaffold tilt argocd istioctl velero",
            "programs of others",
            .refused("the programs of this prompt are built in; `help` lists them")),
        OutsideProgram(
            "tar unzip zip gzip gunzip xz", "pack files: no archives are read here",
            .refused("archives are not read here; put the files below the session's folder")),
        OutsideProgram(
            "ip ifconfig netstat ss route arp tcpdump traceroute nsenter ethtool brctl bridge",
            "look at a machine's network: no machine stands behind a node",
            .refused(
                "no machine stands behind a node; `get pods -o wide`, `get services` and `get "
                    + "endpointslices` tell the addresses")),
    ]
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
