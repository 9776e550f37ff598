using Fairlead.Contracts.Schema;

namespace Fairlead.Contracts.Comparison;

/// <summary>Which types of a contract its clients can see.</summary>
internal static class ContractScope
{
    /// <summary>Full names of the types that the contract's file declares and of those that its services and these reach; map entries and well-known types are left out.</summary>
    public static HashSet<string> Of(ContractSchema schema)
    {
        var scope = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<MessageSchema>();
        foreach (var name in schema.OwnTypes)
        {
            if (schema.Messages.TryGetValue(name, out var message))
                open.Push(message);
            else
                Add(scope, name);
        }

        foreach (var method in schema.Services.SelectMany(service => service.Methods))
        {
            open.Push(method.Request);
            open.Push(method.Response);
        }

        Follow(scope, open);
        scope.RemoveWhere(name => schema.Messages.TryGetValue(name, out var message) && message.IsMapEntry);
        return scope;
    }

    private static void Follow(HashSet<string> scope, Stack<MessageSchema> open)
    {
        while (open.TryPop(out var message))
        {
            if (!Add(scope, message.FullName))
                continue;
            foreach (var field in message.Fields)
            {
                if (field.Message is not null)
                    open.Push(field.Message);
                else if (field.Enum is not null)
                    Add(scope, field.Enum.FullName);
            }
        }
    }

    private static bool Add(HashSet<string> scope, string name) => !WellKnownTypes.IsOwnName(name) && scope.Add(name);
}
