using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Triggers.Definitions;

/// <summary>A trigger of the project file, with the pipeline that it belongs to.</summary>
internal sealed record TriggerContext(string Pipeline, PipelineTrigger Definition)
{
    public string Name => $"{Pipeline}/{Definition.Name}";

    public TriggerSettings Settings { get; } = new(Definition.Settings);

    /// <summary>Tells whether two of them are the same.</summary>
    public string Text => $"{Definition.Kind} {Definition.Settings.GetRawText()} {Definition.Inputs?.GetRawText()} {Definition.When}";

    /// <param name="key">Names what happened.</param>
    /// <param name="commit">The commit that is executed; null for the project as it is.</param>
    /// <param name="data">Further members of what conditions and inputs find.</param>
    public FiringOrder Fire(string key, DateTimeOffset at, ExecutionCause cause, JsonObject data, string? commit = null)
    {
        data["name"] = Definition.Name;
        data["kind"] = Definition.Kind;
        return new FiringOrder
        {
            Trigger = Name,
            Key = key,
            Pipeline = Pipeline,
            At = at,
            Cause = cause with { Trigger = Name },
            Commit = commit,
            Data = JsonSerializer.SerializeToElement(data),
            Inputs = Definition.Inputs,
            When = Definition.When,
        };
    }
}
