namespace Fairlead.Conformance.Running;

/// <summary>The command line.</summary>
internal sealed record SuiteOptions
{
    public const string Usage =
        """
        Judges a server of the Open Inference Protocol by its answers alone.

          conformance/run URL [--grpc HOST:PORT] [--only PREFIX] [--rule NAME] [--level LEVEL] [--format table|json]
          conformance/run --write-models DIR
          conformance/run --list

          URL                 where the server answers REST, such as http://localhost:8000
          --grpc HOST:PORT    where it answers gRPC in cleartext; without it those rules are skipped
          --only PREFIX       only the rules whose name begins so, such as 'rest' or 'grpc/infer'; may be repeated
          --rule NAME         only this rule; may be repeated
          --level LEVEL       only rules that bind so: must, should or extension; may be repeated
          --format FORMAT     a table (default), or JSON
          --write-models DIR  writes the models that the rules ask, as NAME/VERSION/model.onnx
          --list              every rule with the sentence that it checks

        Exit code: 0 when no rule failed, 1 when one did, 2 when the command line is wrong, 3 when the server cannot be reached.
        """;

    public Uri? Url { get; init; }

    public string? Grpc { get; init; }

    public IReadOnlyList<string> Prefixes { get; init; } = [];

    public IReadOnlyList<string> Rules { get; init; } = [];

    public IReadOnlyList<Level> Levels { get; init; } = [];

    public bool IsJson { get; init; }

    public string? ModelFolder { get; init; }

    public bool IsList { get; init; }

    /// <exception cref="FormatException">With a sentence for the person who typed it.</exception>
    public static SuiteOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SuiteOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            options = argument switch
            {
                "--list" => options with { IsList = true },
                ['-', ..] => options.With(argument, i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"'{argument}' needs a value.")),
                _ when options.Url is not null => throw new FormatException($"'{argument}' is one address too many."),
                _ => options with { Url = ParseUrl(argument) },
            };
        }

        if (options is { Url: null, ModelFolder: null, IsList: false })
            throw new FormatException("The server's address is missing, such as http://localhost:8000.");
        return options;
    }

    /// <summary>The rules that are asked for.</summary>
    /// <exception cref="FormatException">No rule fits.</exception>
    public IReadOnlyList<IRule> Choose(IReadOnlyList<IRule> rules)
    {
        if (Rules.FirstOrDefault(name => rules.All(rule => rule.Name != name)) is { } unknown)
            throw new FormatException($"There is no rule '{unknown}'; '--list' shows all.");
        IReadOnlyList<IRule> chosen =
        [
            .. rules.Where(rule => Rules.Count == 0 || Rules.Contains(rule.Name))
                .Where(rule => Prefixes.Count == 0 || Prefixes.Any(prefix => rule.Name.StartsWith(prefix, StringComparison.Ordinal)))
                .Where(rule => Levels.Count == 0 || Levels.Contains(rule.Requirement.Level)),
        ];
        return chosen.Count > 0 ? chosen : throw new FormatException("No rule fits '--only', '--rule' and '--level'; '--list' shows all.");
    }

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new FormatException($"'{text}' is no address; expected one such as http://localhost:8000.");

    private SuiteOptions With(string option, string value) => option switch
    {
        "--grpc" => this with { Grpc = Uri.TryCreate($"http://{value}", UriKind.Absolute, out _) ? value : throw new FormatException($"'{value}' is no address; expected one such as localhost:8001.") },
        "--only" => this with { Prefixes = [.. Prefixes, value] },
        "--rule" => this with { Rules = [.. Rules, value] },
        "--level" => this with { Levels = [.. Levels, Enum.TryParse<Level>(value, ignoreCase: true, out var level) ? level : throw new FormatException($"'{value}' is no level; known: must, should, extension.")] },
        "--format" => this with { IsJson = value switch { "json" => true, "table" => false, _ => throw new FormatException($"'{value}' is no format; known: table, json.") } },
        "--write-models" => this with { ModelFolder = value },
        _ => throw new FormatException($"'{option}' is not an option."),
    };
}
