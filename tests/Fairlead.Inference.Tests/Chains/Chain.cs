using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Fairlead.Inference.Chains;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Chains;

/// <summary>A chain built stage by stage, with real models.</summary>
internal sealed class Chain : IDisposable
{
    private readonly List<TensorSpec> inputs = [];
    private readonly List<ChainStage> definitions = [];
    private readonly List<ReleasedStage> stages = [];
    private readonly List<IModelSession> sessions = [];

    /// <summary>Settings of the service; none when null.</summary>
    public IReadOnlyList<ConfigSetting>? Config { get; set; }

    public ReleasedChain Released => new ChainInspector().Inspect("fares", new ChainDefinition(inputs, definitions), stages, Config);

    public Chain Input(string name, TensorType type, params long[] shape)
    {
        inputs.Add(new TensorSpec(name, type, shape));
        return this;
    }

    public Chain Model(string name, byte[] model)
    {
        var session = Codec.Load(model, name);
        sessions.Add(session);
        definitions.Add(new ChainStage(name, null));
        stages.Add(new ReleasedStage(
            new ModelVersion
            {
                Model = name,
                Number = 1,
                Artifact = new ArtifactRef(ArtifactKind.Blob, Digest.Of(model), model.Length),
                Signature = session.Signature,
                Run = default,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            null));
        return this;
    }

    public Chain Sql(string sql, string path = "x.sql")
    {
        definitions.Add(new ChainStage(null, path));
        stages.Add(new ReleasedStage(null, sql));
        return this;
    }

    public ChainSession Open(TimeProvider? time = null) => ChainSession.Open(Released, sessions, "fares", time ?? TimeProvider.System, Config);

    /// <summary>The whole answer in JSON.</summary>
    public string Answer(string json)
    {
        using var session = Open();
        return Codec.Answer(session, json);
    }

    public void Dispose() => sessions.ForEach(session => session.Dispose());
}
