using Fairlead.Domain.Deployments;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes it as its text. Public because the source generated contexts of other rooms name it.</summary>
public sealed class ServerGroupNameJsonConverter : TextJsonConverter<ServerGroupName>
{
    protected override ServerGroupName Parse(string text) => text.Length == 0 ? default : ServerGroupName.Parse(text);
}
