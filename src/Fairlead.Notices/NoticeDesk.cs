using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;

namespace Fairlead.Notices;

/// <summary>Where messages are seen and sent again.</summary>
public sealed class NoticeDesk(INoticeCatalog catalog, TimeProvider time)
{
    private const int MostListed = 1000;

    /// <summary>How the channels stand, and messages, newest first.</summary>
    /// <exception cref="FairleadException">Invalid: the limit.</exception>
    public async Task<NoticeList> ListAsync(NoticeFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Limit is < 1 or > MostListed)
            throw FairleadException.Invalid($"'{filter.Limit}' messages cannot be listed; ask for 1 to {MostListed}.");
        return new NoticeList(await catalog.ListBacklogsAsync(cancellationToken).ConfigureAwait(false), await catalog.ListAsync(filter, cancellationToken).ConfigureAwait(false));
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<NoticeRecord> FindAsync(int number, CancellationToken cancellationToken) =>
        await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false) ?? throw FairleadException.NotFound($"There is no message '{number}'; list them with 'fairlead notice list'.");

    /// <summary>Lets one that was given up, or that waits for its next attempt, be sent now.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it arrived.</exception>
    public Task<NoticeRecord> RetryAsync(int number, CancellationToken cancellationToken) => catalog.RetryAsync(number, time.GetUtcNow(), cancellationToken);
}
