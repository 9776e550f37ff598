using Fairlead.Domain.Deployments;

namespace Fairlead.Domain.Serialization;

internal sealed class ServerGroupNameJsonConverter : TextJsonConverter<ServerGroupName>
{
    protected override ServerGroupName Parse(string text) => ServerGroupName.Parse(text);
}
