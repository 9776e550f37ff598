using System.IO.Pipelines;
using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairlead.Serving.Listening;

/// <summary>
/// Where a server runs the streams of HTTP/2. It hands each to the thread pool, unless the scheduler among its services is the inline one: then it runs them on the
/// thread that reads their connection. It has no option for that; its own tests set the scheduler. A version without it goes on with the pool, and a test of ours fails.
/// </summary>
internal static class StreamScheduling
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>To be called before the server starts. False when the server knows no other way than the pool.</summary>
    public static bool TryRunWhereRead(KestrelServer server)
    {
        var inner = typeof(KestrelServer).GetField("_innerKestrelServer", Any)?.GetValue(server);
        var services = inner?.GetType().GetProperty("ServiceContext", Any)?.GetValue(inner);
        if (services?.GetType().GetProperty("Scheduler", Any) is not { CanWrite: true } scheduler || scheduler.PropertyType != typeof(PipeScheduler))
            return false;
        scheduler.SetValue(services, PipeScheduler.Inline);
        return true;
    }
}
