using System.Buffers;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Inference.Chains;

/// <summary>Fits chains together with the engines that serve them. Thread-safe.</summary>
public sealed class ChainInspector : IChainInspector
{
    public ReleasedChain Inspect(string service, ChainDefinition definition, IReadOnlyList<ReleasedStage> stages, IReadOnlyList<ConfigSetting>? config = null)
    {
        if (definition.Stages.Count != stages.Count)
            throw new ArgumentException($"The chain '{service}' has {definition.Stages.Count} stages, and {stages.Count} were given.", nameof(stages));
        using var database = stages.Any(stage => stage.Sql is not null) ? new TransformDatabase(config) : null;
        var labels = definition.Stages.Select((stage, index) => Label(index, stage.Model is not null ? $"model: {stage.Model}" : $"transform: {stage.Transform}"));
        var plan = new ChainPlanner(service, database).Plan(definition.Inputs, stages, [.. labels]);
        return new ReleasedChain(plan.Signature, DigestOf(plan.Signature.Inputs, stages), stages);
    }

    internal static string Label(int index, string what) => $"stage {index + 1} '{what}'";

    // Over what the chain computes and nothing else: a model renamed, or released again with the same bytes, makes no other chain.
    private static Digest DigestOf(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<ReleasedStage> stages)
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target))
        {
            json.WriteStartObject();
            json.WriteStartArray("inputs"u8);
            foreach (var input in inputs)
                Write(json, input);
            json.WriteEndArray();
            json.WriteStartArray("stages"u8);
            foreach (var stage in stages)
                Write(json, stage);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Digest.Of(target.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, TensorSpec input)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, input.Name);
        json.WriteString("datatype"u8, input.Type.WireName());
        json.WriteStartArray("shape"u8);
        foreach (var dimension in input.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReleasedStage stage)
    {
        json.WriteStartObject();
        if (stage.Model is not null)
            json.WriteString("model"u8, stage.Model.Artifact.Digest.ToString());
        else
            json.WriteString("sql"u8, stage.Sql);
        json.WriteEndObject();
    }
}
