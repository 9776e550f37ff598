using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the definitions of datasets, and reports what does not go together.</summary>
internal sealed class DatasetBuilder(References references, ProblemList problems)
{
    public IReadOnlyList<DatasetDefinition> Build(YamlMap datasets)
    {
        var definitions = datasets.Entries.Select(entry => Build(entry.Key, (YamlMap)entry.Value)).ToList();
        StepCycles.Report([.. definitions.Select(Node)], [.. datasets.Entries.Select(entry => entry.Key.Place)], problems, "datasets are made from one another", "sources");
        return definitions;
    }

    private DatasetDefinition Build(YamlScalar name, YamlMap body)
    {
        CheckCompanions(name.Value, body);
        return new DatasetDefinition(name.Value, body.Text(Keys.Path))
        {
            Url = body.Text(Keys.Url),
            Digest = Digest.TryParse(body.Text(Keys.Digest), out var digest) ? digest : null,
            Sql = body.Text(Keys.Sql)?.Trim(),
            From = [.. body.Map(Keys.From).Entries.Select(source => BuildSource(name.Value, source))],
            Expect = body.List(Keys.Expect).Texts,
            Schema = body.Map(Keys.Schema).Entries.ToDictionary(column => column.Key.Value, column => ((YamlScalar)column.Value).Value, StringComparer.Ordinal),
            Key = body.Text(Keys.Key)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
        };
    }

    private StepInput BuildSource(string dataset, YamlEntry source) =>
        new(source.Key.Value, references.Dataset((YamlScalar)source.Value, $"source '{source.Key.Value}' of dataset '{dataset}'"), null, null);

    private void CheckCompanions(string dataset, YamlMap body)
    {
        if (body.Find(Keys.Url) is { } url && body.Find(Keys.Digest) is null)
            problems.Add(url.Key.Place, $"dataset '{dataset}' has 'url' without 'digest', so that nobody would notice other data there; add the digest, as `fairlead dataset add {dataset} --url …` does");
        if (body.Find(Keys.Digest) is { } digest && body.Find(Keys.Url) is null)
            problems.Add(digest.Key.Place, $"dataset '{dataset}' has 'digest' without 'url'; what lies at a path is versioned by its digest anyway, so remove it");
        if (body.Find(Keys.From) is { } from && body.Find(Keys.Sql) is null)
            problems.Add(from.Key.Place, $"dataset '{dataset}' has 'from' without 'sql'; add the query that reads it");
        if (body.Find(Keys.Sql) is { } sql && body.Find(Keys.From) is null)
            problems.Add(sql.Key.Place, $"dataset '{dataset}' has 'sql' without 'from'; name the datasets that the query reads, such as from: {{ raw: dataset:raw }}");
    }

    /// <summary>As the search for circles sees it.</summary>
    private static StepDefinition Node(DatasetDefinition dataset) => new()
    {
        Name = dataset.Name,
        Inputs = [.. dataset.From.Select(source => new StepInput(source.Name, null, source.Dataset, ""))],
    };
}
