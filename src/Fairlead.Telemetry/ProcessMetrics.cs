using System.Diagnostics;

namespace Fairlead.Telemetry;

/// <summary>The part of <c>/metrics</c> that is about the process, by the names that every exporter uses.</summary>
public static class ProcessMetrics
{
    private const string Descriptors = "/proc/self/fd";
    private static readonly double StartSeconds = StartTime();

    public static void Write(MetricsText text)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            text.Single("process_cpu_seconds_total", "counter", "Processor time of the process.", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Single("process_resident_memory_bytes", "gauge", "Memory of the process that is in use.", Environment.WorkingSet);
        text.Single("process_start_time_seconds", "gauge", "Start of the process, seconds since 1970-01-01 UTC.", StartSeconds);
        if (Directory.Exists(Descriptors))
            text.Single("process_open_fds", "gauge", "Open file descriptors.", Directory.EnumerateFileSystemEntries(Descriptors).Count());
        text.Single("dotnet_gc_heap_size_bytes", "gauge", "Managed memory.", GC.GetTotalMemory(forceFullCollection: false));
        text.Single("dotnet_threadpool_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        text.Single("dotnet_threadpool_queue_length", "gauge", "Work that waits for a thread of the pool.", ThreadPool.PendingWorkItemCount);
        text.Begin("dotnet_gc_collections_total", "counter", "Garbage collections by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Sample("dotnet_gc_collections_total", GC.CollectionCount(generation), $"generation=\"{generation}\"");
    }

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
