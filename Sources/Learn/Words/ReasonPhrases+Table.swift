extension ReasonPhrases {
    /// The longer sentences of a beginning first.
    static let all: [Entry] = states + pods + workloads + nodes + networks + others

    /// What something is, how long since, and a sentence about it.
    private static let states = [
        Entry("%1 is Pending since %2: @3", "%1 已 Pending %2：@3"),
        Entry("%1 is not ready since %2: @3", "%1 未就绪已 %2：@3"),
        Entry("%1 is being deleted since %2: @3", "%1 正在删除，已 %2：@3"),
        Entry("%1 has failed since %2: @3", "%1 已失败 %2：@3"),
        Entry("%1 is not rolled out: @2", "%1 的发布没有完成：@2"),
        Entry("%1 is not ready: @2", "%1 未就绪：@2"),
        Entry(
            "%1 is suspended since %2: it starts no Jobs while it is; it ran last %3 ago",
            "%1 已暂停 %2：暂停期间不会启动 Job；上次运行在 %3 之前"),
        Entry(
            "%1 is suspended since %2: it starts no Jobs while it is",
            "%1 已暂停 %2：暂停期间不会启动 Job"),
        Entry(
            "%1 runs since %2: %3 pods are active, %4 succeeded, %5 failed",
            "%1 已运行 %2：%3 个 Pod 在跑，成功 %4，失败 %5"),
        Entry("it holds, though it never should", "它成立了，而它本不该成立"),
        Entry(
            "the last statement succeeded, though it should fail", "最后一条语句成功了，而它本该失败"),
    ]

    private static let pods = [
        Entry(
            "none of %1 nodes can take it (and %2 more like it)",
            "%1 个节点都容不下它（同样情况的还有 %2 个）"),
        Entry("none of %1 nodes can take it", "%1 个节点都容不下它"),
        Entry(
            "the one node cannot take it (and %1 more like it)",
            "唯一的节点容不下它（同样情况的还有 %1 个）"),
        Entry("the one node cannot take it", "唯一的节点容不下它"),
        Entry(
            "the %1 probe of container %2 fails since %3 (%4 times): %5",
            "容器 %2 的 %1 探针已失败 %3（%4 次）：%5"),
        Entry(
            "its %1 probe fails (%2 times, first %3 ago), and the kubelet kills it: %4",
            "它的 %1 探针失败了 %2 次（最早在 %3 之前），kubelet 就把它杀掉：%4"),
        Entry("container %1 waits in %2: @3", "容器 %1 停在 %2：@3"),
        Entry(
            "container %1 crashes: it was restarted %2 times, and ended last with exit code %3",
            "容器 %1 反复崩溃：重启了 %2 次，上次的退出码是 %3"),
        Entry(
            "container %1 crashes: it was restarted once, and ended last with exit code %2",
            "容器 %1 反复崩溃：重启了一次，上次的退出码是 %2"),
        Entry("container %1 cannot be created: %2", "容器 %1 无法创建：%2"),
        Entry("container %1 ended with exit code %2", "容器 %1 以退出码 %2 结束"),
        Entry("image %1 cannot be pulled: %2", "镜像 %1 拉取不到：%2"),
        Entry(
            "image %1 is not on the node, and imagePullPolicy is Never",
            "镜像 %1 不在节点上，而 imagePullPolicy 是 Never"),
        Entry("it used more than its limit of %1 memory", "内存用量超过了它的上限 %1"),
        Entry("its node %1 is not", "它所在的节点 %1 未就绪"),
        Entry(
            "its node %1 does not answer (its machine is dead), so nobody says that its containers "
                + "have ended", "它所在的节点 %1 没有回应（机器已宕机），没有谁能说它的容器已经结束"),
        Entry(
            "its node %1 does not answer (its machine is cut off), so nobody says that its "
                + "containers have ended", "它所在的节点 %1 没有回应（机器断了网），没有谁能说它的容器已经结束"),
    ]

    private static let workloads = [
        Entry(
            "%1 of %2 pods have the present template, %3 of these available; old pods: %4",
            "%2 个 Pod 中 %1 个用的是当前模板，其中可用 %3 个；旧 Pod：%4"),
        Entry(
            "%1 of %2 pods have the present template, %3 of these available",
            "%2 个 Pod 中 %1 个用的是当前模板，其中可用 %3 个"),
        Entry(
            "%1 of %2 pods exist, available: %3, of the present template: %4",
            "%2 个 Pod 中已有 %1 个，可用 %3 个，用当前模板的 %4 个"),
        Entry(
            "on %1 nodes, pods of the present template: %2, available: %3",
            "%1 个节点上，用当前模板的 Pod %2 个，可用 %3 个"),
        Entry(
            "%1 pods failed, and backoffLimit is %2", "失败了 %1 个 Pod，而 backoffLimit 是 %2"),
        Entry("1 pod failed, and backoffLimit is %1", "失败了 1 个 Pod，而 backoffLimit 是 %1"),
    ]

    private static let nodes = [
        Entry("%1: NodeAffinity: it has not the label %2", "%1：NodeAffinity：没有标签 %2"),
        Entry(
            "%1: NodeResourcesFit: Insufficient %2: asks for %3, %4 of %5 free",
            "%1：NodeResourcesFit：%2 不足：要 %3，%5 中只剩 %4"),
        Entry(
            "%1: NodeResourcesFit: Too many pods: it has %2 of %3",
            "%1：NodeResourcesFit：Pod 太多：%3 个名额已占 %2 个"),
        Entry(
            "%1: TaintToleration: taint %2 is not tolerated", "%1：TaintToleration：没有容忍污点 %2"),
        Entry("%1: NodePorts: port %2 is taken by %3", "%1：NodePorts：端口 %2 已被 %3 占用"),
        Entry(
            "its machine is dead: nobody hears of its kubelet", "机器已宕机：收不到它的 kubelet 的消息"),
        Entry(
            "its machine is cut off: nobody hears of its kubelet", "机器断了网：收不到它的 kubelet 的消息"),
        Entry(
            "%1:NoExecute: %2 on it will be evicted when their tolerations end",
            "%1:NoExecute：容忍时间一到，上面的 %2 就会被驱逐"),
    ]

    private static let networks = [
        Entry("%1 has no endpoints: no pod has %2", "%1 没有 endpoint：没有 Pod 带 %2"),
        Entry("%1 has no ready endpoints: @2", "%1 没有就绪的 endpoint：@2"),
        Entry("%1 of the pods is %2", "这些 Pod 的 %1 是 %2"),
        Entry("no pod has the label %1", "没有 Pod 带标签 %1"),
    ]

    private static let others = [
        Entry("held by the finalizer %1", "被 finalizer %1 挂住"),
        Entry("held by the finalizers %1", "被 finalizer %1 挂住"),
        Entry(
            "%1: it is used by %2, and goes when %3", "%1：它正被 %2 使用，对方消失之后它才会消失"),
        Entry("deleted by %1 at %2, on behalf of %3", "%2 时由 %1 删除，起因是 %3"),
        Entry("deleted by %1 at %2", "%2 时由 %1 删除"),
        Entry("in answer to: %1", "起因：%1"),
        Entry("last change: %1", "最近的改动：%1"),
        Entry("broken by: %1", "打破它的是：%1"),
    ]
}
