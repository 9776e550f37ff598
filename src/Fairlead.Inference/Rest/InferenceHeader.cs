using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>The HTTP header that says how many bytes of a body are JSON; tensors in their raw form follow.</summary>
public static class InferenceHeader
{
    public const string Name = "Inference-Header-Content-Length";

    /// <summary>Reads a request's header; null when there is none.</summary>
    /// <exception cref="FairleadException">Invalid: it is no whole number that a body can be long.</exception>
    public static int? Parse(string? value)
    {
        if (value is null)
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw Refusal.Invalid($"The header '{Name}' is '{(value.Length > 40 ? value[..40] + "…" : value)}'; expected the length of the JSON that the body begins with, in bytes, or 0 when the body is the input itself.");
    }
}
