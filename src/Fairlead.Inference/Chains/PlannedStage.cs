using Fairlead.Domain.Models;

namespace Fairlead.Inference.Chains;

/// <summary>A stage of a chain that fits the others. Slots are the chain's tensors by number.</summary>
/// <param name="label">What messages call it, such as <c>stage 2 'transform: x.sql'</c>.</param>
/// <param name="signature">The model's; null for a transform.</param>
/// <param name="sql">The transform's text; null for a model.</param>
internal sealed class PlannedStage(string label, Signature? signature, string? sql)
{
    public string Label => label;

    public Signature? Signature => signature;

    public string? Sql => sql;

    /// <summary>Slots of the model's inputs, or of the columns of the transform's table.</summary>
    public List<int> Inputs { get; } = [];

    /// <summary>Columns of the transform's table; empty for a model.</summary>
    public List<TensorSpec> Table { get; } = [];

    /// <summary>Slots of the model's outputs; empty for a transform.</summary>
    public List<int> Outputs { get; } = [];

    /// <summary>What is read from the transform's result; empty for a model.</summary>
    public List<Emission> Emissions { get; } = [];

    /// <summary>True when the transform's result says which row each of its rows belongs to.</summary>
    public bool HasRow { get; set; }
}
