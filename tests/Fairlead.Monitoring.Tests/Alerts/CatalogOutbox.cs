using Fairlead.Domain.Notices;

namespace Fairlead.Monitoring.Tests.Alerts;

/// <summary>Puts messages into a real catalog, for nobody.</summary>
internal sealed class CatalogOutbox(INoticeCatalog catalog) : INoticeOutbox
{
    /// <summary>True to fail once it is done, as when a process ends.</summary>
    public bool FailsAfterwards { get; set; }

    public async Task<int> AddAsync(NoticeDraft draft, CancellationToken cancellationToken)
    {
        var content = new NoticeContent { Project = "p", Level = NoticeEvents.LevelOf(draft.Event), Title = draft.Title, Template = "{{ message }}", Fields = draft.Fields, Data = draft.Data };
        await catalog.AddAsync([new NoticeEntry("", draft.Key, draft.Event, draft.Subject, draft.At, content)], [], [], cancellationToken);
        return FailsAfterwards ? throw new IOException("The process ends.") : 0;
    }
}
