using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>Writes the content of every Any of a message again, as generated code understood it.</summary>
internal sealed class AnyContent(TypeRegistry registry)
{
    /// <exception cref="InvalidProtocolBufferException">When a content is damaged.</exception>
    /// <exception cref="InvalidOperationException">For a mask that generated code turns into a text that cannot be turned back.</exception>
    public void Rewrite(IMessage message)
    {
        if (message is FieldMask mask && mask.Paths.Any(path => path.Length == 0 || path.EndsWith('_') || path.Contains(',')))
            throw new InvalidOperationException();
        if (message is Any any)
        {
            if (registry.Find(Any.GetTypeName(any.TypeUrl)) is not { } type)
                return;
            var content = type.Parser.WithDiscardUnknownFields(true).ParseFrom(any.Value);
            Rewrite(content);
            any.Value = content.ToByteString();
            return;
        }

        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
        {
            var value = field.Accessor.GetValue(message);
            IEnumerable values = field.IsMap ? ((IDictionary)value).Values : field.IsRepeated ? (IList)value : new[] { value };
            foreach (var inner in values.OfType<IMessage>())
                Rewrite(inner);
        }
    }
}
