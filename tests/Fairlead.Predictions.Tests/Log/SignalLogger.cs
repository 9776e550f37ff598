using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Tests.Log;

/// <summary>Keeps what was logged, and tells when a line with a certain word appears.</summary>
internal sealed class SignalLogger : ILogger<SegmentWriter>
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<(string Word, TaskCompletionSource Seen)> waiters = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    /// <summary>Completes at the next line that holds the word.</summary>
    public Task Next(string word)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            waiters.Add((word, seen));
        return seen.Task;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        lock (gate)
        {
            lines.Add(line);
            foreach (var (_, seen) in waiters.Where(waiter => line.Contains(waiter.Word, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }
}
