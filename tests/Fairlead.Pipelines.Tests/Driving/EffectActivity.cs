using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>Appends its key to a file: an effect that must be there once, whatever is killed.</summary>
internal sealed class EffectActivity(string folder) : IActivity
{
    private readonly Lock gate = new();

    public string Kind => "effect";

    public ActivityRepeat Repeat => ActivityRepeat.AskBefore;

    private string Path => System.IO.Path.Combine(folder, "effects");

    public Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(System.Text.Encoding.UTF8.GetBytes(call.Key + "\n"));
            file.Flush(flushToDisk: true);
        }

        return Task.FromResult(Outcome(call));
    }

    public Task<ActivityOutcome?> FindResultAsync(ActivityCall call, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(Path) && File.ReadLines(Path).Contains(call.Key) ? Outcome(call) : null);

    private static ActivityOutcome Outcome(ActivityCall call) => call.Input.GetProperty("fails").GetBoolean()
        ? ActivityOutcome.Failed("It was to fail.")
        : ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new { good = true }));
}
