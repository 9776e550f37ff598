namespace Fairlead.OnnxRuntime;

/// <summary>How every session is set up.</summary>
internal static unsafe class SessionOptions
{
    private const int AllOptimizations = 99;
    private const int Sequential = 0;

    /// <summary>The caller releases the options.</summary>
    public static nint Create(OnnxApi api)
    {
        nint options;
        api.Check(api.CreateSessionOptions(&options));
        try
        {
            // Requests run side by side on the callers' threads; threads within one request make small models slower.
            api.Check(api.SetIntraOpNumThreads(options, 1));
            api.Check(api.SetInterOpNumThreads(options, 1));
            api.Check(api.SetSessionExecutionMode(options, Sequential));
            api.Check(api.SetSessionGraphOptimizationLevel(options, AllOptimizations));
            api.Check(api.SetSessionLogSeverityLevel(options, OnnxEngine.LogSeverityFatal));
            // Both keep memory for as long as the session lives: a plan for every input shape ever seen, and the largest batch's buffers.
            api.Check(api.DisableMemPattern(options));
            api.Check(api.DisableCpuMemArena(options));
            return options;
        }
        catch
        {
            api.ReleaseSessionOptions(options);
            throw;
        }
    }
}
