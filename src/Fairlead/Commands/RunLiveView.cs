using Fairlead.Steps;
using Fairlead.Steps.Events;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows in a terminal what runs at the moment, and keeps what has ended as lines above.</summary>
internal sealed class RunLiveView(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private readonly RunProgress progress = new(time);

    /// <param name="read">Reads the events until their end.</param>
    public async Task<RunReport> ShowAsync(Func<Action<StepEvent>, Task<RunReport>> read, CancellationToken cancellationToken)
    {
        var reading = read(progress.Take);
        await console.Live(progress.Render(console.Profile.Width, console.Profile.Height)).AutoClear(true).StartAsync(async live =>
        {
            while (!reading.IsCompleted)
            {
                // Ends by itself when the reading is cancelled.
                await Task.WhenAny(reading, Task.Delay(Pause, time, CancellationToken.None));
                live.UpdateTarget(progress.Render(console.Profile.Width, console.Profile.Height));
            }
        });
        var printer = new StepEventPrinter(console, verbose: false, withLogs: false);
        foreach (var ended in progress.Ended)
            printer.Print(ended);
        if (cancellationToken.IsCancellationRequested && progress.DescribeRest() is { } rest)
            console.MarkupLineInterpolated($"[grey]{rest}[/]");
        cancellationToken.ThrowIfCancellationRequested();
        return await reading;
    }
}
