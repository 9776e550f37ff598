using Fairlead.Domain.Contracts;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>Collects what the files of a set declare, and looks the names up.</summary>
internal sealed class SchemaBuilder(FileDescriptorSet set)
{
    private readonly OrderedDictionary<string, MessageSchema> messages = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, EnumSchema> enums = new(StringComparer.Ordinal);
    private readonly List<(string FullName, FieldDescriptorProto Field, Features Features)> extensions = [];
    private readonly HashSet<string> ownTypes = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">When the files do not fit together.</exception>
    public ContractSchema Build()
    {
        var own = OwnFiles();
        foreach (var file in set.File)
            AddFile(file, isOwn: own.Contains(file.Name));
        foreach (var (fullName, field, features) in extensions)
            Message(field.Extendee).Declared.Add(new FieldSchema(field, fullName, features, null));
        foreach (var message in messages.Values)
            message.Link(messages, enums);
        return new ContractSchema
        {
            Package = set.File[^1].Package,
            Messages = messages,
            Enums = enums,
            Services = [.. set.File.Where(file => own.Contains(file.Name)).SelectMany(ServicesOf)],
            OwnTypes = ownTypes,
        };
    }

    /// <summary>The last file and, as deep as it goes, what is imported publicly: for who uses the file, one with it.</summary>
    private HashSet<string> OwnFiles()
    {
        var own = new HashSet<string>(StringComparer.Ordinal) { set.File[^1].Name };
        // A file stands after all that it imports.
        foreach (var file in set.File.Reverse().Where(file => own.Contains(file.Name)))
        {
            foreach (var index in file.PublicDependency.Where(index => index >= 0 && index < file.Dependency.Count))
                own.Add(file.Dependency[index]);
        }

        return own;
    }

    private void AddFile(FileDescriptorProto file, bool isOwn)
    {
        var features = Features.Of(file);
        foreach (var message in file.MessageType)
            AddMessage(file.Package, message, features, isOwn);
        AddEnums(file.Package, file.EnumType, features, isOwn);
        AddExtensions(file.Package, file.Extension, features);
    }

    private void AddMessage(string scope, DescriptorProto descriptor, Features features, bool isOwn)
    {
        var message = new MessageSchema(Join(scope, descriptor.Name), descriptor, features);
        messages.Add(message.FullName, message);
        if (isOwn)
            ownTypes.Add(message.FullName);
        foreach (var nested in descriptor.NestedType)
            AddMessage(message.FullName, nested, message.Features, isOwn);
        AddEnums(message.FullName, descriptor.EnumType, message.Features, isOwn);
        AddExtensions(message.FullName, descriptor.Extension, message.Features);
    }

    private void AddEnums(string scope, RepeatedField<EnumDescriptorProto> descriptors, Features features, bool isOwn)
    {
        foreach (var descriptor in descriptors)
        {
            var fullName = Join(scope, descriptor.Name);
            enums.Add(fullName, new EnumSchema(fullName, descriptor, features));
            if (isOwn)
                ownTypes.Add(fullName);
        }
    }

    private void AddExtensions(string scope, RepeatedField<FieldDescriptorProto> fields, Features features)
    {
        foreach (var field in fields)
            extensions.Add((Join(scope, field.Name), field, features));
    }

    private IEnumerable<ServiceSchema> ServicesOf(FileDescriptorProto file) =>
        from service in file.Service
        let fullName = Join(file.Package, service.Name)
        select new ServiceSchema(fullName, [.. service.Method.Select(method => MethodOf(fullName, method))]);

    private MethodSchema MethodOf(string service, MethodDescriptorProto method)
    {
        var (request, response) = (Message(method.InputType), Message(method.OutputType));
        var contract = new ContractMethod(service, method.Name, request.FullName, response.FullName, method.ClientStreaming, method.ServerStreaming);
        return new MethodSchema(contract, request, response, method.Options?.IdempotencyLevel ?? MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown);
    }

    private MessageSchema Message(string typeName) =>
        messages.GetValueOrDefault(typeName.TrimStart('.')) ?? throw new InvalidDataException($"message '{typeName}' is missing");

    private static string Join(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";
}
