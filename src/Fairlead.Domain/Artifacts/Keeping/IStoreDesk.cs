namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>The seam to what is done with the store as a whole.</summary>
public interface IStoreDesk
{
    /// <summary>Removes what no record needs.</summary>
    /// <param name="isDry">Only say what would be removed.</param>
    /// <exception cref="Problems.FairleadException">Invalid rules; Conflict: steps run and the grace is too short for that; Damaged: a tree that is needed cannot be read.</exception>
    Task<CleaningReport> CleanAsync(KeepRules rules, bool isDry, CancellationToken cancellationToken);

    /// <summary>Says what takes how much.</summary>
    Task<UsageReport> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Re-hashes every blob.</summary>
    /// <param name="isRepair">Put what is damaged aside, and fetch it and what is missing from the registry where that has it.</param>
    /// <returns>Sorted by digest.</returns>
    Task<IReadOnlyList<StoreDamage>> ExamineAsync(bool isRepair, CancellationToken cancellationToken);

    /// <summary>Brings what a name stands for to the project's registry.</summary>
    /// <param name="name"><c>dataset/rides@3</c>, <c>model/late@2</c>, <c>run/train-7</c>, <c>release/v001</c>, or short: <c>rides@3</c>, <c>train-7</c>, <c>v001</c>.</param>
    /// <param name="tell">Told a few times a second, from any thread.</param>
    /// <exception cref="Problems.FairleadException">NotFound; Conflict: the project names no registry; Unavailable, Unauthenticated, Forbidden: as the registry says.</exception>
    Task<TransferProgress> PushAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken);

    /// <summary>Brings what a name stands for from the project's registry into the store, where its name keeps it.</summary>
    Task<TransferProgress> PullAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken);
}
