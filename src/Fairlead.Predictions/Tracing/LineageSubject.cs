using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>What a trace begins at: exactly one of them.</summary>
internal sealed record LineageSubject(string Name)
{
    public DatasetVersion? Dataset { get; init; }

    public Run? Run { get; init; }

    public ModelVersion? Model { get; init; }

    public Release? Release { get; init; }

    public ServerGroup? Group { get; init; }

    /// <summary>Full object name.</summary>
    public string? Commit { get; init; }

    public LineageKind Kind =>
        Dataset is not null ? LineageKind.DatasetVersion
        : Run is not null ? LineageKind.Run
        : Model is not null ? LineageKind.ModelVersion
        : Release is not null ? LineageKind.Release
        : Group is not null ? LineageKind.ServerGroup
        : LineageKind.Commit;

    /// <summary>With the prefix that tells it from others of that name.</summary>
    public string FullName => Kind switch
    {
        LineageKind.DatasetVersion => $"dataset:{Name}",
        LineageKind.Run => $"run:{Name}",
        LineageKind.ModelVersion => $"model:{Name}",
        LineageKind.Release => $"release:{Name}",
        LineageKind.ServerGroup => $"group:{Name}",
        _ => $"commit:{Name}",
    };
}
