def pod(i):
    return {
        "metadata": {
            "name": f"web-{i}",
            "labels": {"app": "web", "tier": "a" if i % 2 == 0 else "b"},
        },
        "spec": {
            "nodeName": f"node-{i % 100}",
            "containers": [{"name": "web", "image": "nginx:1.24"}],
        },
        "status": {"phase": "Pending" if i % 5 == 0 else "Running", "restarts": i % 7},
    }


def main():
    pods = []
    for i in range(10000):
        pods += [pod(i)]
    running = 0
    restarts = 0
    rounds = 0
    while rounds < 100:
        for p in pods:
            if p["metadata"]["labels"]["tier"] == "a" and p["status"]["phase"] == "Running":
                if p["spec"]["containers"][0]["image"] == "nginx:1.24":
                    running += 1
                restarts += p["status"]["restarts"]
        rounds += 1
    print(running, restarts)


main()
