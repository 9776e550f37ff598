using System.Collections.Frozen;

namespace Fairlead.Pipelines.Stages;

/// <summary>Every kind of stage that an engine knows, by its name.</summary>
public sealed class StageCatalog
{
    private readonly FrozenDictionary<string, IStage> byKind;

    /// <exception cref="ArgumentException">Two stages are of the same kind.</exception>
    public StageCatalog(IEnumerable<IStage> stages)
    {
        var all = stages.ToList();
        if (all.GroupBy(stage => stage.Schema.Kind, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"There are {twice.Count()} stages of the kind '{twice.Key}'.", nameof(stages));
        byKind = all.ToFrozenDictionary(stage => stage.Schema.Kind, StringComparer.Ordinal);
    }

    /// <summary>The kinds of stages of the product.</summary>
    public static StageCatalog Standard { get; } = new(
    [
        new StepsStage(),
        new ReleaseStage(),
        new DeployStage(),
        new RollbackStage(),
        new ReplayStage(),
        new CanaryStage(),
        new CheckStage(),
        new LoadStage(),
        new CutoverStage(),
        new DisableStage(),
        new DestroyStage(),
        new ResizeStage(),
        new ScaleStage(),
        new JudgmentStage(),
        new WaitStage(),
        new WebhookStage(),
        new ScriptStage(),
        new PipelineStage(),
        new NotifyStage(),
    ]);

    public IEnumerable<IStage> All => byKind.Values;

    public IStage? Find(string kind) => byKind.GetValueOrDefault(kind);
}
