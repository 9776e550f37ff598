using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices;

/// <summary>Where channels are tried.</summary>
public sealed class NoticeTrial(INoticeOutbox outbox, INoticeCatalog catalog, NoticeCourier courier, TimeProvider time)
{
    /// <summary>Sends a message to a channel at once, whatever else waits for it, so that somebody can see whether it arrives.</summary>
    /// <param name="by">Who wants to know.</param>
    /// <returns>With what the receiver said: delivered, or given up after the one attempt.</returns>
    /// <exception cref="FairleadException">Invalid: no such channel.</exception>
    public async Task<NoticeRecord> TestAsync(string channel, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var subject = $"test/{Guid.CreateVersion7(now):N}";
        await outbox.AddAsync(
            new NoticeDraft
            {
                Key = subject,
                Event = NoticeEvents.Test,
                Subject = subject,
                At = now,
                Title = "A message to try this channel",
                Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [NoticeFields.Message] = $"{by} wants to know whether it arrives. <b>&</b> \"quotes\" are shown as they are.", [NoticeFields.By] = by },
                Path = "/notices",
                To = [channel],
            },
            cancellationToken).ConfigureAwait(false);
        var notice = (await catalog.ListAsync(new NoticeFilter { Subject = subject }, cancellationToken).ConfigureAwait(false))[0];
        return await courier.TryNowAsync(notice.Number, cancellationToken).ConfigureAwait(false);
    }
}
