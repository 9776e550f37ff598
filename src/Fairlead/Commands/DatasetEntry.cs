using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile;

namespace Fairlead.Commands;

/// <summary>A dataset on its way into the project file.</summary>
internal sealed record DatasetEntry
{
    public string? Path { get; init; }

    public string? Url { get; init; }

    public string? Digest { get; init; }

    public string? Sql { get; init; }

    /// <summary>Each <c>name=dataset</c>.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    public IReadOnlyList<string> Expect { get; init; } = [];

    public string? Key { get; init; }

    public bool IsEmpty => Path is null && Url is null && Digest is null && Sql is null && From.Count == 0 && Expect.Count == 0 && Key is null;

    /// <summary>Adds it to the project file, of which nothing else changes.</summary>
    /// <exception cref="FairleadException">Conflict: there is one of that name; Invalid: the file would not be right with it; nothing was written then.</exception>
    public async Task WriteAsync(StateFolder state, string name, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(state.ProjectRoot, StateFolder.ProjectFileName);
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var reader = new YamlProjectReader();
        if (reader.Read(text).Project?.Datasets.Any(dataset => dataset.Name == name) == true)
            throw FairleadException.Conflict($"The project file has a dataset '{name}' already; edit it there, or choose another name.");
        var changed = ProjectFileEditor.Set(text, ["datasets", name], await ToJsonAsync(cancellationToken));
        if (reader.Read(changed) is { Succeeded: false, Problems: var problems })
            throw FairleadException.Invalid($"The dataset '{name}' was not written, since the project file would not be right with it: {problems[0].Message}.");
        var written = file + ".new";
        await File.WriteAllTextAsync(written, changed, cancellationToken);
        File.Move(written, file, overwrite: true);
    }

    private async Task<JsonObject> ToJsonAsync(CancellationToken cancellationToken)
    {
        var entry = new JsonObject();
        Add("path", Path);
        Add("url", Url);
        Add("digest", Digest ?? (Url is null ? null : await UrlDigest.ReadAsync(Url, TimeProvider.System, cancellationToken)));
        Add("sql", Sql);
        if (From.Count > 0)
            entry["from"] = new JsonObject(From.Select(Source));
        if (Expect.Count > 0)
            entry["expect"] = new JsonArray([.. Expect.Select(condition => JsonValue.Create(condition))]);
        Add("key", Key);
        return entry;

        void Add(string key, string? value)
        {
            if (value is not null)
                entry[key] = value;
        }
    }

    private static KeyValuePair<string, JsonNode?> Source(string text) => text.Split('=') is [{ Length: > 0 } name, { Length: > 0 } dataset]
        ? new(name, $"dataset:{dataset}")
        : throw FairleadException.Invalid($"'{text}' is no source of a query; expected a name in the query and a dataset, such as 'raw=rides'.");
}
