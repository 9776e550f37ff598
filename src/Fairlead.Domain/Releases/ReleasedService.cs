using System.Text;
using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;

namespace Fairlead.Domain.Releases;

/// <summary>A service as a release carries it: a model, a chain or a command, exactly one of them.</summary>
public sealed record ReleasedService
{
    public required string Name { get; init; }

    public ModelVersion? Model { get; init; }

    public ReleasedChain? Chain { get; init; }

    public ReleasedCommand? Command { get; init; }

    public CaptureDurability Durability { get; init; }

    public BatchPolicy? Batch { get; init; }

    // Records of the first format lack them, and generated readers know no default of an init-only member.
    public ServingLimits Limits { get => field ?? ServingLimits.Default; init; }

    public CapturePolicy Capture { get => field ?? CapturePolicy.Default; init; }

    /// <summary>Null when outcomes come by prediction id only.</summary>
    public OutcomeKey? Outcome { get; init; }

    /// <summary>What an environment can set, and in a server group what it did; null for nothing.</summary>
    public IReadOnlyList<ConfigSetting>? Config { get; init; }

    /// <summary>Of the bytes that answer: the model, the chain's stages or the command's code.</summary>
    [JsonIgnore]
    public Digest Digest => Model?.Artifact.Digest ?? Chain?.Digest ?? Command!.Code.Digest;

    /// <summary>Of the bytes that answer with the settings that they read: those who share it may share what is loaded.</summary>
    [JsonIgnore]
    public Digest ScoringDigest => Chain is null || Config is not { } settings ? Digest : Digest.Of(
        [.. Encoding.UTF8.GetBytes(Digest.ToString()), .. new GroupConfiguration { Config = settings.Where(setting => setting.Effective is not null).ToDictionary(setting => setting.Name, setting => setting.Effective!.Value) }.ToBytes()]);

    /// <summary>What its predictions hold.</summary>
    [JsonIgnore]
    public Signature Signature => Model?.Signature ?? Chain?.Signature ?? CallSignature.Of(Command!.Protocol);

    /// <summary>What people call what it runs: <c>late@3</c>, <c>late@3 + rank@1</c> or the command line.</summary>
    [JsonIgnore]
    public string Label => Model?.Label ?? (Chain is null ? Command!.Command : string.Join(" + ", Models.Select(model => model.Label)));

    /// <summary>A phrase for people: what it runs and what made that.</summary>
    public string Describe() => Command is null
        ? string.Join(" + ", Models.Select(model => $"model {model.Label}, made by {model.Run}"))
        : $"command '{Command.Command}'";

    /// <summary>The model versions that it scores with, in order; none for a command.</summary>
    [JsonIgnore]
    public IEnumerable<ModelVersion> Models =>
        Model is not null ? [Model] : Chain is null ? [] : Chain.Stages.Where(stage => stage.Model is not null).Select(stage => stage.Model!);
}
