using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>The arrows between rooms: to the domain, to the engines' bindings, and from the executable to everything.</summary>
internal sealed class ProjectReferenceRule : IArchitectureRule
{
    private const string Executable = "Fairlead";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Fairlead.Domain"] = [],
        ["Fairlead.OnnxRuntime"] = [],
        ["Fairlead.DuckDb"] = [],
        ["Fairlead.Grpc"] = [],
        ["Fairlead.Transport"] = [],
        ["Fairlead.Sandbox"] = [],
        ["Fairlead.Telemetry"] = [],
        ["Fairlead.Contracts"] = ["Fairlead.Domain"],
        ["Fairlead.Load"] = ["Fairlead.Domain", "Fairlead.Grpc"],
        ["Fairlead.ProjectFile"] = ["Fairlead.Domain"],
        ["Fairlead.Artifacts"] = ["Fairlead.Domain"],
        ["Fairlead.Catalog"] = ["Fairlead.Domain"],
        ["Fairlead.Steps"] = ["Fairlead.Domain", "Fairlead.Sandbox"],
        ["Fairlead.Sweeps"] = ["Fairlead.Domain"],
        ["Fairlead.Inference"] = ["Fairlead.Domain", "Fairlead.OnnxRuntime", "Fairlead.DuckDb"],
        ["Fairlead.Serving"] = ["Fairlead.Domain", "Fairlead.Telemetry", "Fairlead.Inference", "Fairlead.Grpc", "Fairlead.Transport"],
        ["Fairlead.Predictions"] = ["Fairlead.Domain", "Fairlead.Sandbox", "Fairlead.DuckDb"],
        ["Fairlead.Delivery"] = ["Fairlead.Domain"],
        ["Fairlead.Pipelines"] = ["Fairlead.Domain"],
        ["Fairlead.Platforms"] = ["Fairlead.Domain", "Fairlead.Sandbox"],
        ["Fairlead.Triggers"] = ["Fairlead.Domain"],
        ["Fairlead.Identity"] = ["Fairlead.Domain"],
        ["Fairlead.Notices"] = ["Fairlead.Domain"],
        ["Fairlead.Statistics"] = [],
        ["Fairlead.Datasets"] = ["Fairlead.Domain", "Fairlead.DuckDb", "Fairlead.Statistics"],
        ["Fairlead.Replay"] = ["Fairlead.Domain", "Fairlead.DuckDb", "Fairlead.Grpc", "Fairlead.Predictions", "Fairlead.Statistics"],
        ["Fairlead.Monitoring"] = ["Fairlead.Domain", "Fairlead.DuckDb", "Fairlead.Predictions", "Fairlead.Statistics"],
        ["Fairlead.Web"] = ["Fairlead.Domain", "Fairlead.Telemetry", "Fairlead.Steps", "Fairlead.Sweeps", "Fairlead.Delivery", "Fairlead.Predictions", "Fairlead.Replay", "Fairlead.Monitoring", "Fairlead.Identity", "Fairlead.Notices", "Fairlead.Pipelines", "Fairlead.Triggers"],
    };

    public static IEnumerable<string> Rooms => Allowed.Keys.Append(Executable);

    public IEnumerable<string> Check(SourceTree tree)
    {
        foreach (var project in tree.Projects)
        {
            if (!Rooms.Contains(project.Name))
                yield return $"'{project.Name}' is a new room: say in this rule to what it may refer.";
            else if (project.Name != Executable)
            {
                foreach (var reference in project.Projects.Except(Allowed[project.Name]))
                    yield return $"'{project.Name}' refers to '{reference}': take a seam of the domain instead.";
            }
        }
    }
}
