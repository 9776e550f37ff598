using System.Globalization;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Outbox;

/// <summary>Puts what people want to be told into the queues of their channels.</summary>
public sealed class NoticeOutbox : INoticeOutbox
{
    private readonly INoticeCatalog catalog;
    private readonly NoticeOptions options;
    private readonly ReadableProject project;

    public NoticeOutbox(IWorkspace workspace, INoticeCatalog catalog, NoticeOptions options)
    {
        this.catalog = catalog;
        this.options = options;
        project = new ReadableProject(workspace);
    }

    /// <inheritdoc/>
    public async Task<int> AddAsync(NoticeDraft draft, CancellationToken cancellationToken)
    {
        var definition = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (draft.To.FirstOrDefault(channel => definition.Notify?.Channels.Any(known => known.Name == channel) != true) is { } missing)
            throw FairleadException.Invalid($"There is no channel '{missing}' ({NearestName.Hint(missing, [.. definition.Notify?.Channels.Select(channel => channel.Name) ?? []])}); see 'notify' in the project file.");
        var entries = Entries(definition, draft);
        await catalog.AddAsync(entries, [], [], cancellationToken).ConfigureAwait(false);
        return entries.Count(entry => entry.Channel.Length > 0);
    }

    internal Task<ProjectDefinition> ReadAsync(CancellationToken cancellationToken) => project.ReadAsync(cancellationToken);

    /// <summary>A message for each channel that wants it.</summary>
    internal IReadOnlyList<NoticeEntry> Entries(ProjectDefinition definition, NoticeDraft draft)
    {
        var routes = NoticeRouter.Route(definition.Notify, draft);
        if (routes.Count == 0 && draft.IsKept)
            routes = [("", "{{ message }}")];
        var link = draft.Path is { } path ? LinkTo(definition.Notify, path) : null;
        var fields = new Dictionary<string, string>(draft.Fields, StringComparer.Ordinal)
        {
            [NoticeFields.Project] = definition.Name,
            [NoticeFields.Event] = draft.Event,
            [NoticeFields.At] = draft.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            [NoticeFields.Link] = link ?? "",
        };
        return
        [
            .. routes.Select(route => new NoticeEntry(
                route.Channel,
                draft.Key,
                draft.Event,
                draft.Subject,
                draft.At,
                new NoticeContent { Project = definition.Name, Level = NoticeEvents.LevelOf(draft.Event), Title = draft.Title, Template = route.Template, Fields = fields, Link = link, Data = draft.Data })),
        ];
    }

    private string LinkTo(NotifyDefinition? notify, string path) => (notify?.Url ?? options.ControlUrl.ToString()).TrimEnd('/') + path;
}
