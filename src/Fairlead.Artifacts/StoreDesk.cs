using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Domain.Artifacts.Keeping;

namespace Fairlead.Artifacts;

/// <summary>What is done with the store as a whole, in one place.</summary>
public sealed class StoreDesk(StoreCleaner cleaner, StoreUsage usage, StoreExamination examination, BundleDesk bundles) : IStoreDesk
{
    public Task<CleaningReport> CleanAsync(KeepRules rules, bool isDry, CancellationToken cancellationToken) => cleaner.CleanAsync(rules, isDry, cancellationToken);

    public Task<UsageReport> MeasureAsync(CancellationToken cancellationToken) => usage.MeasureAsync(cancellationToken);

    public Task<IReadOnlyList<StoreDamage>> ExamineAsync(bool isRepair, CancellationToken cancellationToken) => examination.RunAsync(isRepair, cancellationToken);

    public Task<TransferProgress> PushAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken) => bundles.PushAsync(name, tell, cancellationToken);

    public async Task<TransferProgress> PullAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken) =>
        (await bundles.PullAsync(name, tell, cancellationToken).ConfigureAwait(false)).Progress;
}
