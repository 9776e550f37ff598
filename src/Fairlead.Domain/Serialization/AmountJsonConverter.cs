using Fairlead.Domain.Deployments;

namespace Fairlead.Domain.Serialization;

/// <summary>An amount is its text.</summary>
public sealed class AmountJsonConverter : TextJsonConverter<Amount>
{
    protected override Amount Parse(string text) => Amount.Parse(text);
}
