namespace Fairlead.Predictions.Tracing;

/// <summary>What a trace can begin at and lead to.</summary>
public enum LineageKind
{
    Commit,
    DatasetVersion,
    Run,
    ModelVersion,
    Release,
    ServerGroup,
}
