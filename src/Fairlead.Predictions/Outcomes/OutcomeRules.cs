using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Outcomes;

/// <summary>What an outcome may hold.</summary>
internal static class OutcomeRules
{
    public const int MaxFields = 256;
    public const int MaxNameLength = 128;
    public const int MaxUnitLength = 1024;
    public const int MaxBytes = 64 * 1024;

    /// <summary>Checks an outcome and returns its JSON as it is logged.</summary>
    /// <param name="index">Its place in the call, from 0.</param>
    /// <exception cref="FairleadException">Invalid, naming the outcome and the field.</exception>
    public static byte[] Check(Outcome outcome, int index)
    {
        var where = Place(outcome, index);
        if (outcome.Unit is { } unit)
            CheckUnit(unit, outcome, where);
        else if (!outcome.Prediction.IsSet)
            throw FairleadException.Invalid($"The outcome {index} names no prediction; give the id from the answer's header 'fairlead-prediction', or service and unit.");
        if (outcome.Values.ValueKind != JsonValueKind.Object)
            throw FairleadException.Invalid($"The {where} is {outcome.Values.ValueKind.ToString().ToLowerInvariant()}; give a flat JSON object of scalars, such as {{\"late\": 1}}.");
        var count = 0;
        foreach (var field in outcome.Values.EnumerateObject())
        {
            CheckField(field, where);
            count++;
        }

        if (count is 0 or > MaxFields)
            throw FairleadException.Invalid($"The {where} has {count} fields; give 1 to {MaxFields}.");
        if (outcome.Time is { } time && (time.Year < 1970 || time.Year > 9000))
            throw FairleadException.Invalid($"The time '{time:O}' of the {where} is not between the years 1970 and 9000; leave it out for now.");
        var json = JsonSerializer.SerializeToUtf8Bytes(outcome.Values, OutcomesJson.Default.JsonElement);
        return json.Length <= MaxBytes
            ? json
            : throw FairleadException.Invalid($"The {where} has {json.Length} bytes; give at most {MaxBytes}.");
    }

    /// <summary>How a message names an outcome.</summary>
    public static string Place(Outcome outcome, int index) =>
        outcome.Unit is { } key ? $"outcome {index} (unit '{key.Unit}')" : $"outcome {index} (prediction '{outcome.Prediction}')";

    private static void CheckUnit(OutcomeUnit unit, Outcome outcome, string where)
    {
        if (outcome.Prediction.IsSet)
            throw FairleadException.Invalid($"The {where} names a prediction as well; give one of them.");
        if (unit.Service.Length == 0 || unit.Unit.Length is 0 or > MaxUnitLength)
            throw FairleadException.Invalid($"The {where} needs a service, and a unit of 1 to {MaxUnitLength} characters.");
    }

    private static void CheckField(JsonProperty field, string where)
    {
        if (field.Name.Length is 0 or > MaxNameLength || field.Name.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid($"The field '{field.Name}' of the {where} needs a name of 1 to {MaxNameLength} characters without NUL.");
        if (field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            throw FairleadException.Invalid($"The field '{field.Name}' of the {where} is no scalar; give a number, a text, true, false or null.");
        if (field.Value.ValueKind == JsonValueKind.Number && !double.IsFinite(field.Value.GetDouble()))
            throw FairleadException.Invalid($"The field '{field.Name}' of the {where} is '{field.Value.GetRawText()}', which is too large for a double.");
    }
}
