using Fairlead.Grpc.Server;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>A source of health that tests write on.</summary>
internal sealed class HealthBoard : IGrpcHealthSource
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, bool> services = new(StringComparer.Ordinal) { [""] = true };
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task NextChange
    {
        get
        {
            lock (gate)
                return change.Task;
        }
    }

    public bool? IsServing(string service)
    {
        lock (gate)
            return services.TryGetValue(service, out var isServing) ? isServing : null;
    }

    public void Set(string service, bool? isServing)
    {
        TaskCompletionSource changed;
        lock (gate)
        {
            if (isServing is { } known)
                services[service] = known;
            else
                services.Remove(service);
            changed = change;
            change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
