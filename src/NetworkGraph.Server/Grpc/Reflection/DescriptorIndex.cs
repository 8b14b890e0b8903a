using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace NetworkGraph.Server.Grpc.Reflection;

/// <summary>The proto files of the services and of all they import, to be found by name, by symbol and by extension.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    public DescriptorIndex(IReadOnlyList<ServiceDescriptor> services)
    {
        Services = services.Select(s => s.FullName).Order(StringComparer.Ordinal).ToList();
        foreach (var service in services)
            AddFile(service.File);
    }

    public IReadOnlyList<string> Services { get; }

    public FileDescriptor? FileByName(string name) => _files.GetValueOrDefault(name);

    /// <param name="symbol">Full name of a service, method, message, field, oneof, enum, enum value or extension.</param>
    public FileDescriptor? FileBySymbol(string symbol) => _symbols.GetValueOrDefault(symbol);

    public FileDescriptor? FileByExtension(string type, int number) =>
        _extensions.TryGetValue(type, out var numbers) ? numbers.GetValueOrDefault(number) : null;

    /// <summary>The numbers of a message's extensions, ascending; null for an unknown message.</summary>
    public IEnumerable<int>? ExtensionNumbers(string type) => _extensions.TryGetValue(type, out var numbers) ? numbers.Keys : null;

    /// <summary>A file and all it imports, each once, the file first.</summary>
    public static IReadOnlyList<FileDescriptor> WithImports(FileDescriptor file)
    {
        var found = new List<FileDescriptor> { file };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(found[i].Dependencies.Where(d => found.All(f => f.Name != d.Name)).ToList());
        return found;
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
            return;
        foreach (var import in file.Dependencies)
            AddFile(import);
        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
                _symbols[method.FullName] = file;
        }

        foreach (var message in file.MessageTypes)
            AddMessage(message);
        foreach (var type in file.EnumTypes)
            AddEnum(type, file.Package);
        AddExtensions(file, file.Extensions);
    }

    private void AddMessage(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        _extensions.TryAdd(message.FullName, []);
        foreach (var field in message.Fields.InDeclarationOrder())
            _symbols[field.FullName] = message.File;
        foreach (var oneof in message.Oneofs)
            _symbols[oneof.FullName] = message.File;
        foreach (var type in message.EnumTypes)
            AddEnum(type, message.FullName);
        foreach (var nested in message.NestedTypes)
            AddMessage(nested);
        AddExtensions(message.File, message.Extensions);
    }

    private void AddEnum(EnumDescriptor type, string scope)
    {
        _symbols[type.FullName] = type.File;

        // The values of an enum are names of the scope around it.
        foreach (var value in type.Values)
            _symbols[scope.Length == 0 ? value.Name : $"{scope}.{value.Name}"] = type.File;
    }

    private void AddExtensions(FileDescriptor file, ExtensionCollection extensions)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions.TryAdd(extension.ExtendeeType.FullName, []);
            _extensions[extension.ExtendeeType.FullName][extension.FieldNumber] = file;
        }
    }
}
