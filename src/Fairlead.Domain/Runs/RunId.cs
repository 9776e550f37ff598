using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Runs;

/// <summary>Names a run: the step, a hyphen and a number from 1, such as <c>train-3</c>.</summary>
/// <remarks><c>default</c> names no run.</remarks>
[JsonConverter(typeof(RunIdJsonConverter))]
public readonly record struct RunId
{
    private readonly string? step;

    public RunId(string step, int number)
    {
        ArgumentException.ThrowIfNullOrEmpty(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        this.step = step;
        Number = number;
    }

    public string Step => step ?? throw new InvalidOperationException("The run id is not set.");

    public int Number { get; }

    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a run; expected a step, a hyphen and a number, such as 'train-3'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        id = default;
        var hyphen = text?.LastIndexOf('-') ?? -1;
        if (hyphen < 1 || !int.TryParse(text.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        id = new RunId(text![..hyphen], number);
        return true;
    }

    public override string ToString() => step is null ? "" : $"{step}-{Number}";
}
