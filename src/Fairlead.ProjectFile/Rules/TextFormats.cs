using Fairlead.Domain.Models;

namespace Fairlead.ProjectFile.Rules;

internal static class TextFormats
{
    public static readonly TextFormat Person = new("text", @"^[^\x00]*[^\s\x00][^\x00]*$", "some text", "owner@example.com");

    public static readonly TextFormat Sentence = Person with { Example = "What the project is for." };

    public static readonly TextFormat CommandLine = Person with { What = "a command line", Expected = "a command for /bin/sh", Example = "python3 train.py" };

    public static readonly TextFormat Name = new("a name", "^[a-z][a-z0-9_]{0,62}$", "lower-case letters, digits and '_', a letter first, 63 at most", "my_name");

    public static readonly TextFormat StepName = new("a step's name", "^[a-z][a-z0-9_-]{0,62}$", "lower-case letters, digits, '_' and '-', a letter first, 63 at most", "train");

    /// <summary>Names that become environment variables, SQL views and SQL variables.</summary>
    public static readonly TextFormat Identifier = new("a name", "^[A-Za-z_][A-Za-z0-9_]{0,62}$", "letters, digits and '_', no digit first, 63 at most", "train_rows");

    public static readonly TextFormat Variable = new("an environment variable", "^(?!FAIRLEAD_)[A-Za-z_][A-Za-z0-9_]{0,127}$", "letters, digits and '_', no digit first, without the prefix 'FAIRLEAD_'", "OMP_NUM_THREADS");

    public static readonly TextFormat Program = new("a program's name", "^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}$", "a name that the shell finds on PATH, without folders or arguments", "python3");

    /// <summary>A file or folder of the project, or the whole project as '.'.</summary>
    public static readonly TextFormat Path = new("a path", PathPattern(""), "a path inside the project, relative to this file, with '/' and without '..'", "data/rows.csv")
    {
        Normalize = NormalizePath,
        Refuse = path => path.Split('/')[0] is ".fairlead" or ".git" ? "name a file or folder of your own" : null,
    };

    public static readonly TextFormat PathBelowRoot = Path with { Refuse = path => path == "." ? "name a file or folder in it" : Path.Refuse(path) };

    public static readonly TextFormat Output = new("an output", PathPattern(""), "a path relative to the step's folder out/, with '/' and without '..'", "model.onnx")
    {
        Normalize = NormalizePath,
        Refuse = path => path == "." ? "name a file or folder in it" : null,
    };

    /// <summary>A value of a matrix: part of the names of variants, and of files.</summary>
    public static readonly TextFormat AxisValue = new("a value of a matrix", "^[A-Za-z0-9_+-][A-Za-z0-9_.+-]{0,62}$", "letters, digits, '_', '-', '+' and '.', no '.' first, 63 at most", "acme");

    /// <summary>Where a step has a matrix, brackets pick variants.</summary>
    public static readonly TextFormat OutputOfStep = new("an output of a step", PathPattern(@"[a-z][a-z0-9_-]{0,62}(?:\[[A-Za-z0-9_.+=,* -]{1,400}\])?/"), "STEP/OUTPUT, or STEP[AXIS=VALUE]/OUTPUT", "train/model.onnx") { Normalize = NormalizePath };

    public static readonly TextFormat Source = new("a source", $"^(?:dataset:[a-z][a-z0-9_]{{0,62}}|{Unanchored(OutputOfStep.Pattern)})$", "dataset:NAME or STEP/OUTPUT", "dataset:rows")
    {
        Normalize = NormalizePath,
    };

    /// <summary>What a query of a dataset reads.</summary>
    public static readonly TextFormat DatasetSource = new("a source", "^dataset:[a-z][a-z0-9_]{0,62}$", "dataset:NAME", "dataset:rows");

    public static readonly TextFormat Digest = new("a digest", "^sha256:[0-9a-f]{64}$", "'sha256:' and 64 hexadecimal digits in lower case, as `sha256sum FILE` prints them", $"sha256:{new string('0', 64)}");

    /// <summary>A column of a table, which may be named in any way.</summary>
    public static readonly TextFormat Column = new("a column", @"^[^\x00-\x1F\x7F]{1,200}$", "the name of a column", "price");

    /// <summary>One column, or several with commas between them.</summary>
    public static readonly TextFormat ColumnList = new("a key", @"^[^\x00-\x1F\x7F]{1,1000}$", "a column, or columns with commas between them", "id")
    {
        Refuse = text => text.Split(',').Any(column => column.Trim().Length == 0) ? "name a column on each side of each comma" : null,
    };

    /// <summary>Whether there is such a type is seen when data is read.</summary>
    public static readonly TextFormat SqlType = new("a type", @"^[A-Za-z][A-Za-z0-9_ (),\[\]""]{0,200}$", "a type in SQL", "integer");

    public static readonly TextFormat Duration = new("a duration", "^[1-9][0-9]{0,6}(?:s|m|h)$", "a whole number of seconds, minutes or hours", "10m")
    {
        Refuse = text => ToTimeSpan(text) > MaxDuration ? "use 720h at most" : null,
    };

    /// <summary>With milliseconds, for what happens within one request.</summary>
    public static readonly TextFormat ShortDuration = new("a duration", "^[0-9]{1,7}(?:ms|s|m|h)$", "a whole number of milliseconds, seconds, minutes or hours", "2ms")
    {
        Refuse = text => ToTimeSpan(text) > TimeSpan.FromHours(1) ? "use 1h at most" : null,
    };

    public static readonly TextFormat Size = new("a size", "^[1-9][0-9]{0,8}(?:Ki|Mi|Gi)?$", "a whole number of bytes, or with Ki, Mi or Gi", "512Mi");

    /// <summary>As container engines name it: registry and repository, a tag or a digest.</summary>
    public static readonly TextFormat Image = new(
        "an image", "^[a-z0-9][a-z0-9._:/-]{0,254}(?:[:][A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$", "NAME@sha256: and the digest", $"python@sha256:{new string('0', 64)}");

    /// <summary>What of a body is kept: no more than a body of a prediction may have.</summary>
    public static readonly TextFormat BodySize = Size with { Example = "64Ki", Refuse = size => ToBytes(size) > LargestBody ? "use 64Mi at most" : null };

    /// <summary>How long something is kept or looked back at.</summary>
    public static readonly TextFormat Period = new("a period", "^[1-9][0-9]{0,5}(?:h|d|w)$", "a whole number of hours, days or weeks", "90d")
    {
        Refuse = text => ToTimeSpan(text) > MaxPeriod ? "use 5200w at most" : null,
    };

    /// <summary>What a number is taken over, or how long something lasts: from a minute on.</summary>
    public static readonly TextFormat Span = new("a period", "^[1-9][0-9]{0,5}(?:m|h|d|w)$", "a whole number of minutes, hours, days or weeks", "24h")
    {
        Refuse = text => ToTimeSpan(text) > LargestSpan ? "use 52w at most" : null,
    };

    /// <summary>Such as <c>&gt;= 0.5</c>.</summary>
    public static readonly TextFormat Goal = new("a goal", $"^{ComparisonPattern} *{NumberPattern}%?$", "one of '>=', '>', '<=' and '<', and a number", ">= 0.5");

    /// <summary>Such as <c>latency.p99 &gt; 50ms</c>.</summary>
    public static readonly TextFormat Condition = new(
        "a condition", $@"^[a-z][A-Za-z0-9_.\[\]:/-]{{0,199}} *{ComparisonPattern} *{NumberPattern}(?:ms|s|%)?$", "a metric, one of '>=', '>', '<=' and '<', and a number, or one with 'ms', 's' or '%'", "latency.p99 > 50ms");

    public static readonly TextFormat Url = new("a URL", @"^https?://[^\s/?#]+[^\s]*$", "an absolute URL with http or https", "https://alerts.example.com/hook")
    {
        Refuse = text => Uri.TryCreate(text, UriKind.Absolute, out _) ? null : "write it as a browser would show it",
    };

    /// <summary>Where events of lineage go.</summary>
    public static readonly TextFormat Collector = new("a collector", $@"^(?:https?://[^\s/?#]+[^\s]*|(?!\S*://){Unanchored(PathBelowRoot.Pattern)})$", "an absolute URL with http or https, or a file of the project", "https://lineage.example.com/api/v1/lineage")
    {
        Normalize = text => text.Contains("://", StringComparison.Ordinal) ? text : PathBelowRoot.Normalize(text),
        Refuse = text => text.Contains("://", StringComparison.Ordinal) ? Url.Refuse(text) : PathBelowRoot.Refuse(text),
    };

    public static readonly TextFormat Namespace = new("a namespace", @"^[^\s\x00-\x1F\x7F]{1,200}$", "1 to 200 characters without blanks", "fairlead://shop");

    /// <summary>A field of a prediction: a name of the signature, or a path into a JSON body.</summary>
    public static readonly TextFormat Field = new("a field", @"^(?!\.)(?!.*\.\.)(?!.*\.$)[^\x00-\x20\x7F]{1,200}$", "a name, or names with '.' between them", "user.name");

    /// <summary>Datatype and shape; the first dimension is the row.</summary>
    public static readonly TextFormat Tensor = new(
        "a tensor", $@"^(?:{string.Join('|', Enum.GetValues<TensorType>().Select(type => type.WireName()))})\[-1(?:,[1-9][0-9]{{0,8}}){{0,7}}\]$", "a datatype and a shape that begins with -1", "FP32[-1,3]");

    public static readonly TextFormat Health = new("a health check", @"^(?:/[\x21-\x7E]*|tcp|grpc(?::[A-Za-z_][A-Za-z0-9_.]*)?)$", "a path that begins with '/', 'tcp', 'grpc' or 'grpc:SERVICE'", "/healthz");

    public static readonly TextFormat HostName = new("a host name", @"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$", "lower-case letters, digits, '-' and '.', without a port", "stage.example.com");

    private const string ComparisonPattern = "(?:>=|<=|>|<)";

    private const string NumberPattern = @"-?[0-9]{1,15}(?:\.[0-9]{1,15})?";

    private static readonly TimeSpan LargestSpan = TimeSpan.FromDays(52 * 7);

    private const long LargestBody = 64L << 20;

    private static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(5200 * 7);

    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(720);

    /// <param name="size">Of the format <see cref="Size"/>.</param>
    public static long ToBytes(string size)
    {
        var shift = size[^1] != 'i' ? 0 : size[^2] switch { 'K' => 10, 'M' => 20, _ => 30 };
        return long.Parse(shift == 0 ? size : size.AsSpan(..^2), System.Globalization.CultureInfo.InvariantCulture) << shift;
    }

    /// <param name="tensor">Of the format <see cref="Tensor"/>.</param>
    public static TensorSpec ToTensor(string name, string tensor)
    {
        var bracket = tensor.IndexOf('[');
        return TensorTypes.TryParse(tensor[..bracket], out var type)
            ? new TensorSpec(name, type, [.. tensor[(bracket + 1)..^1].Split(',').Select(dimension => long.Parse(dimension, System.Globalization.CultureInfo.InvariantCulture))])
            : throw new ArgumentException($"'{tensor}' is no tensor.", nameof(tensor));
    }

    /// <param name="duration">Of the format <see cref="Duration"/>, <see cref="ShortDuration"/> or <see cref="Period"/>.</param>
    public static TimeSpan ToTimeSpan(string duration)
    {
        if (duration.EndsWith("ms", StringComparison.Ordinal))
            return TimeSpan.FromMilliseconds(int.Parse(duration.AsSpan(..^2), System.Globalization.CultureInfo.InvariantCulture));
        var count = int.Parse(duration.AsSpan(..^1), System.Globalization.CultureInfo.InvariantCulture);
        return duration[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => TimeSpan.FromDays(7L * count),
        };
    }

    private static string PathPattern(string prefix) => $@"^{prefix}(?!/)(?!(?:.*/)?\.\.(?:/|$))[^\\\x00-\x1F\x7F-\x9F]+$";

    private static string Unanchored(string pattern) => pattern[1..^1];

    /// <summary>Without '.' segments, double and trailing slashes; '.' for the folder itself.</summary>
    private static string NormalizePath(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        return segments.Length == 0 ? "." : string.Join('/', segments);
    }
}
