namespace Fairlead.Domain.Notices;

/// <summary>The seam by which rooms let people be told.</summary>
public interface INoticeOutbox
{
    /// <summary>Puts it into the queues of the channels that want it; on the disk when the task completes, and sent afterwards.</summary>
    /// <returns>In how many queues it is.</returns>
    /// <exception cref="Problems.FairleadException">The project file never could be read; Invalid: a channel that it names is none.</exception>
    Task<int> AddAsync(NoticeDraft draft, CancellationToken cancellationToken);
}
