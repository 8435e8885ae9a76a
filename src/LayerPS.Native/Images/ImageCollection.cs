using LayerPS.Images;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>The images of a store.</summary>
public sealed class ImageCollection
{
    private readonly StoreLayout _layout;

    internal ImageCollection(StoreLayout layout) => _layout = layout;

    /// <summary>The names of the commands that a base image has when nobody says which; see <see cref="CreateFromCommands"/>.</summary>
    public static IReadOnlyList<string> BaseCommands => CommandSearch.PresentBaseCommands();

    /// <summary>
    /// The images, sorted by name, those without names last. One without a name that another image stands on is not shown
    /// unless all are.
    /// </summary>
    /// <param name="all">
    /// Every read-only layer: also the images without names that others stand on, and one entry for each layer in the middle
    /// of an image; these are <see cref="Image.Intermediate"/>.
    /// </param>
    /// <param name="unreadable">Told of each image that is damaged; without it, the first one is thrown.</param>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<Image> List(bool all = false, Action<EngineException>? unreadable = null) =>
        all ? ImageListing.All(_layout, unreadable) : ImageListing.TopLevel(_layout, unreadable);

    /// <summary>The images that have lost their names and that no other image stands on.</summary>
    /// <param name="unreadable">Told of each image that is damaged; without it, the first one is thrown.</param>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<Image> ListDangling(Action<EngineException>? unreadable = null) =>
        ImageListing.Dangling(_layout, unreadable);

    /// <summary>The images that a pattern with wildcards matches, which may be none; without wildcards the one that is meant.</summary>
    /// <param name="pattern">
    /// <c>*</c>, <c>?</c> and <c>[a-z]</c> on name:tag or on the name alone; or what <see cref="Resolve"/> takes; null for all.
    /// </param>
    /// <exception cref="EngineException">As for <see cref="Resolve"/>.</exception>
    public IEnumerable<Image> Get(string? pattern = null)
    {
        if (pattern is null) return List();
        return NamePattern.HasWildcards(pattern) ? new ImageResolver(_layout).Match(pattern) : [Resolve(pattern)];
    }

    /// <summary>The one image that is meant.</summary>
    /// <param name="image">
    /// A name (its tag is <c>latest</c> then), name:tag, name@digest, a digest, or the beginning of an id, also of that of a
    /// layer in the middle of an image.
    /// </param>
    /// <exception cref="EngineException">ImageNotFound, ImageNameAmbiguous, ImageReferenceInvalid, StoreCorrupt.</exception>
    public Image Resolve(string image) => new ImageResolver(_layout).Resolve(image);

    /// <summary>The files that a container of the image sees first.</summary>
    public static FileView OpenFiles(Image image) => FileView.OfImage(image);

    /// <summary>Every name:tag that an image has.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal IEnumerable<string> ListNames() => ReferenceTable.Load(_layout).Names;

    /// <summary>The steps by which an image was made, the last one first.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<ImageHistoryEntry> History(Image image) => HistoryReader.Read(_layout, image);

    /// <summary>Gives an image one more name. Another image that has it loses it.</summary>
    /// <param name="image">The image; a layer in the middle of another image becomes an image of its own by it.</param>
    /// <param name="name">name[:tag]</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <returns>The image under its new name.</returns>
    /// <exception cref="EngineException">ImageReferenceInvalid; ImageNotFound: it was removed meanwhile.</exception>
    public Image AddTag(Image image, string name, CancellationToken cancellationToken = default) =>
        new ImageTagger(_layout).Add(image, ImageReference.ParseName(name)!, cancellationToken);

    /// <summary>Takes a name away from its image, which stays, even without names.</summary>
    /// <param name="name">name[:tag]</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <returns>The image as it is then.</returns>
    /// <exception cref="EngineException">ImageReferenceInvalid, ImageNotFound, StoreCorrupt.</exception>
    public Image RemoveTag(string name, CancellationToken cancellationToken = default) =>
        new ImageTagger(_layout).Remove(ImageReference.ParseName(name)!, cancellationToken);

    /// <summary>The names by which an image was asked for; all of its names where it was found in another way.</summary>
    public static IReadOnlyList<string> NamesMeantBy(Image image) => ImageTagger.NamesMeantBy(image);

    /// <summary>Takes those names away from an image, which stays, even without names.</summary>
    /// <param name="image">The image; its names are those of <see cref="NamesMeantBy"/>.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <returns>The image as it is then.</returns>
    /// <exception cref="EngineException">ImageNotFound: it has none of these names any more; StoreCorrupt.</exception>
    public Image RemoveTags(Image image, CancellationToken cancellationToken = default) =>
        new ImageTagger(_layout).Remove(image, cancellationToken);

    /// <summary>What <see cref="Remove(string, bool, CancellationToken)"/> would do now; nothing is done.</summary>
    /// <inheritdoc cref="Remove(string, bool, CancellationToken)"/>
    public ImageRemoval PlanRemoval(string image, bool force = false, CancellationToken cancellationToken = default) =>
        new ImageRemover(_layout).Plan(new ImageTarget(image), force, null, cancellationToken);

    /// <summary>What <see cref="Remove(Image, bool, CancellationToken)"/> would do; nothing is done.</summary>
    /// <param name="image">The image.</param>
    /// <param name="force">As there.</param>
    /// <param name="after">What would be removed before it.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <exception cref="EngineException">As there.</exception>
    public ImageRemoval PlanRemoval(
        Image image, bool force = false, IEnumerable<ImageRemoval>? after = null,
        CancellationToken cancellationToken = default) =>
        new ImageRemover(_layout).Plan(new ImageTarget(image), force, after, cancellationToken);

    /// <summary>
    /// Several images in an order in which they can be removed, those above first; each once, meant by all the names that
    /// it was asked for by.
    /// </summary>
    public static IReadOnlyList<Image> OrderForRemoval(IEnumerable<Image> images) => ImageRemover.Order(images);

    /// <summary>
    /// Takes a name from an image that has several, if it is meant by that name. Otherwise removes the image with all its
    /// names, and then its layers from the top down to the first that another image or a container uses. The steps of
    /// a build that led to it and have no names go with it.
    /// </summary>
    /// <param name="image">What <see cref="Resolve"/> takes.</param>
    /// <param name="force">
    /// Takes all images that stand on it, top first, and does not mind containers that do not run; they keep their layers.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for other sessions; once begun, it is done.</param>
    /// <returns>What went.</returns>
    /// <exception cref="EngineException">
    /// As for <see cref="Resolve"/>; ImageHasDependents: others stand on it; ImageInUse: a container uses it, and either it
    /// runs or there is no force. The message names them.
    /// </exception>
    public ImageRemoval Remove(string image, bool force = false, CancellationToken cancellationToken = default) =>
        new ImageRemover(_layout).Remove(new ImageTarget(image), force, cancellationToken);

    /// <inheritdoc cref="Remove(string, bool, CancellationToken)"/>
    public ImageRemoval Remove(Image image, bool force = false, CancellationToken cancellationToken = default) =>
        new ImageRemover(_layout).Remove(new ImageTarget(image), force, cancellationToken);

    /// <summary>The files in which two images differ, as their containers would see them, each directory before its files.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">LayerNotFound: one of them was removed meanwhile.</exception>
    public IEnumerable<ImageChange> Compare(Image before, Image after, CancellationToken cancellationToken = default) =>
        new LayerComparison(_layout).Run(before.Layers, after.Layers, cancellationToken);

    /// <summary>Begins to test images: whether what they consist of still is what was recorded.</summary>
    public ImageTest BeginTest() => new(_layout);

    /// <summary>
    /// Builds an image of a Dockerfile: each step that changes files becomes a layer, each of the others an image without
    /// one. Steps that were done before with the same parent, instruction and content are not done again.
    /// </summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellationToken">Ends it; the steps that are done stay in the cache.</param>
    /// <exception cref="EngineException">
    /// DockerfileInvalid, BuildContextNotFound, BuildSourceNotFound, BuildSourceRefused, BuildTargetNotFound,
    /// BuildStepFailed, BuildUnsupported, ImageNotFound, ImageReferenceInvalid, ImagePlatformNotFound.
    /// </exception>
    public Image Build(BuildOptions options, CancellationToken cancellationToken = default)
    {
        using ImageBuild build = new(_layout, options, cancellationToken);
        return build.Run();
    }

    /// <summary>Makes an image with one layer that has no files.</summary>
    /// <param name="name">Its name; null for none. Another image that has it loses it.</param>
    /// <param name="config">What its containers run with; null for nothing.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">ImageReferenceInvalid.</exception>
    public Image CreateScratch(string? name, ImageConfig? config = null, CancellationToken cancellationToken = default) =>
        new ImageMaker(_layout).MakeScratch(ImageReference.ParseName(name), config ?? new(), cancellationToken);

    /// <summary>Makes an image with one layer that has the files of a directory, with their owners and modes.</summary>
    /// <param name="path">The directory; what is mounted below it is left out.</param>
    /// <param name="name">Its name; null for none. Another image that has it loses it.</param>
    /// <param name="config">What its containers run with; null for nothing.</param>
    /// <param name="progress">Told of the bytes that were read.</param>
    /// <param name="warning">Told, in sentences, of what could not be taken: sockets, files that became shorter meanwhile.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">ImageReferenceInvalid, ImageSourceNotFound.</exception>
    public Image CreateFromDirectory(
        string path, string? name, ImageConfig? config = null, IProgress<long>? progress = null,
        Action<string>? warning = null, CancellationToken cancellationToken = default) =>
        new ImageMaker(_layout).MakeFromDirectory(
            path, ImageReference.ParseName(name), config ?? new(), progress, warning, cancellationToken);

    /// <summary>
    /// Makes an image with one layer of this machine's own commands: each with its links, its script interpreter, its
    /// program loader and its shared libraries, and the few files and directories that programs expect. The same
    /// commands give the same layer.
    /// </summary>
    /// <param name="commands">Names that are looked for in PATH, or absolute paths.</param>
    /// <param name="name">Its name; null for none. Another image that has it loses it.</param>
    /// <param name="config">
    /// What its containers run with. Where it lacks a Cmd it is <c>/bin/sh</c> if that is among the commands, else the first
    /// of them; where it lacks a PATH it gets the usual one.
    /// </param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">ImageReferenceInvalid; ImageCommandNotFound: a command or a library is missing.</exception>
    public Image CreateFromCommands(
        IEnumerable<string> commands, string? name, ImageConfig? config = null, CancellationToken cancellationToken = default) =>
        new ImageMaker(_layout).MakeFromCommands([.. commands], ImageReference.ParseName(name), config ?? new(), cancellationToken);

    /// <summary>
    /// Makes images of an archive, told apart by content: of 'docker save' (docker-archive), an OCI archive or layout
    /// directory, or the tar of a root file system, which becomes an image of one layer. The archive and its layers may be
    /// plain, gzip, bzip2, zstd or xz. Layers that are stored already are not unpacked again.
    /// </summary>
    /// <param name="path">The archive, or the directory of an OCI layout.</param>
    /// <param name="options">How; null for the names in the archive and this machine's platform.</param>
    /// <param name="progress">Told of the bytes of the archive that were read, of the file's whole length.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <returns>The images, in the archive's order; all of them are made, or none.</returns>
    /// <exception cref="EngineException">
    /// ImageReferenceInvalid, ImageSourceNotFound, ImageOptionInvalid, ImagePlatformNotFound, ArchiveInvalid,
    /// ArchiveRefused, ArchiveUnsupported.
    /// </exception>
    public IReadOnlyList<Image> Import(
        string path, ImageImportOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        new ImageImport(_layout, options ?? new(), progress).Run(path, cancellationToken);

    /// <summary>
    /// Writes images with all their layers into an archive or the directory of an OCI layout; what they share is in it
    /// once. Each is saved under the names that it was asked for by, and where it was asked for in another way under all
    /// of its names. Configurations and the tars of layers are byte for byte what they were, so that ids stay.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="path">The file or directory, which is there whole or not at all.</param>
    /// <param name="options">How; null for a plain archive that everything reads.</param>
    /// <param name="progress">Told of the bytes of the plain layers that are done.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">OutputExists, OutputPathInvalid, ImageOptionInvalid, StoreCorrupt.</exception>
    public void Save(
        IReadOnlyList<Image> images, string path, ImageSaveOptions? options = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        new ImageSave(_layout, options ?? new(), progress, cancellationToken).Run(images, path);
}
