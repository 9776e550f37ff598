using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Runs a command in a sandbox. It runs again when the control plane ended in the middle: the key tells a command which effects it had.</summary>
internal sealed class ScriptActivity(IScriptRunner runner) : IActivity
{
    public const string KindName = "script";
    private const int LongestError = 500;

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var end = await runner.RunAsync(OrderOf(call), call.Heartbeat, cancellationToken).ConfigureAwait(false);
        if (end.ExitCode != 0)
        {
            var log = end.Log.Trim();
            return ActivityOutcome.Failed($"The command ended with exit code {end.ExitCode}{(log.Length == 0 ? "." : $": {(log.Length > LongestError ? "…" + log[^LongestError..] : log)}")}");
        }

        var output = StageData.Object(("exit", 0), ("log", end.Log));
        return end.Output is not { Length: > 0 } text ? ActivityOutcome.Succeeded(output)
            : TryParse(text) is { } given ? ActivityOutcome.Succeeded(StageData.Merge(output, given))
            : ActivityOutcome.Failed("What the command wrote to $FAIRLEAD_OUTPUT is no JSON object; write one, or nothing.", isRetryable: false);
    }

    private static ScriptOrder OrderOf(ActivityCall call)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FAIRLEAD_KEY"] = call.Key };
        foreach (var (name, value) in call.Plan.Inputs)
            environment[$"FAIRLEAD_INPUT_{name.ToUpperInvariant()}"] = value.ToString();
        foreach (var variable in call.Input.GetProperty("env").EnumerateObject())
            environment[variable.Name] = variable.Value.GetString()!;
        IReadOnlyList<string> code = [.. call.Input.GetProperty("code").EnumerateArray().Select(path => path.GetString()!)];
        return new ScriptOrder(call.Key, call.Input.GetProperty("run").GetString()!, code, environment, call.Input.GetProperty("network").GetBoolean())
        {
            Commit = call.Plan.IsPinned ? call.Plan.Commit : null,
        };
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
